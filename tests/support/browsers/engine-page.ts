/**
 * The script of a page in which two people are in one call, each with a room element: an engine in memory
 * reaches nobody outside of the page.
 */
import '../../../packages/elements/src/define.js';

import { createRoom, type Room } from '@rtc-elements/core';

import { FakeNetwork } from '../fake-call.js';

export interface EnginePage {
  readonly ann: Room;
  readonly ben: Room;
  readonly network: FakeNetwork;
  /** Where this person sees the other. */
  videoOf(name: 'ann' | 'ben'): HTMLVideoElement | null;
}

declare global {
  interface Window {
    enginePage: EnginePage;
  }
}

const network = new FakeNetwork();
const room = new URLSearchParams(location.search).get('room') ?? 'engines';

/** Somebody in the room, and an element that shows what they see. */
function enter(name: string): Room {
  const client = createRoom({ room, name, engines: { fake: network.load } });
  const element = document.createElement('rtc-room');
  element.id = name.toLowerCase();
  element.client = client;
  document.body.append(element);
  void client.join();
  return client;
}

function videoOf(name: string): HTMLVideoElement | null {
  const grid = document.getElementById(name)?.shadowRoot?.querySelector('rtc-grid');
  const tiles = [...(grid?.shadowRoot?.querySelectorAll('rtc-tile') ?? [])];
  const tile = tiles.find(({ session }) => session !== '');
  return tile?.shadowRoot?.querySelector('video') ?? null;
}

window.enginePage = { network, ann: enter('Ann'), ben: enter('Ben'), videoOf };
