// Puts an element with a room on the page, and takes it away after the test.
import type { RoomEntry } from '../../packages/elements/src/base/room-entry.js';
import { RtcRoom } from '../../packages/elements/src/room/rtc-room.js';
import { loadMore } from '../../packages/elements/src/session/requests/load-more.js';
import { engine } from '../../packages/elements/src/session/room-registry.js';
import type { FakeRoom } from './fake-room.js';

const shown: Element[] = [];

afterEach(() => {
  for (const element of shown.splice(0)) element.remove();
});

/** An `<rtc-room>` that shows `room`; with `content`, which then finds it there. */
export function showRoom(room: FakeRoom, ...content: Element[]): Promise<RtcRoom> {
  const element = document.createElement('rtc-room');
  element.client = room;
  element.append(...content);
  return place(element);
}

let opened = 0;

/** An `<rtc-room>` that opens `room` itself, by its `host` and `room`. */
export async function openRoom(room: FakeRoom): Promise<RtcRoom> {
  const element = document.createElement('rtc-room');
  await createsRoom(element, room, () => place(element));
  return element;
}

/** During `action`, `element` creates `room`: by default of a host of its own, so that nobody else has that room. */
export async function createsRoom(
  element: RoomEntry,
  room: FakeRoom,
  action: () => Promise<unknown>,
  host = `edge-${(opened += 1)}.example`,
): Promise<void> {
  const { createRoom } = engine;
  element.host = host;
  element.room = room.getSnapshot().room;
  engine.createRoom = () => room;
  try {
    await action();
  } finally {
    engine.createRoom = createRoom;
  }
}

async function place(element: RtcRoom): Promise<RtcRoom> {
  // Loaded beforehand, so that a test need not wait for each screen, or for a request.
  await Promise.all([
    loadMore(),
    ...Object.values(RtcRoom.lazyElements).map((lazy) => lazy.load()),
  ]);
  document.body.append(element);
  shown.push(element);
  await settle(element);
  return element;
}

/** After everything in it, however deep, has rendered. */
export async function settle(element: Element): Promise<void> {
  const { updateComplete, shadowRoot } = element as Element & { updateComplete?: Promise<unknown> };
  await updateComplete;
  const inside = [...element.children, ...(shadowRoot?.querySelectorAll('*') ?? [])];
  await Promise.all(inside.filter(({ localName }) => localName.includes('-')).map(settle));
}

/** The first that matches in the shadow root of `element`; typed when it is looked for by tag. */
export function find<Tag extends keyof HTMLElementTagNameMap>(
  element: Element,
  tag: Tag,
): HTMLElementTagNameMap[Tag];
export function find(element: Element, selector: string): HTMLElement;
export function find(element: Element, selector: string): HTMLElement {
  const found = element.shadowRoot?.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`No ${selector} in <${element.localName}>`);
  return found;
}

/** Waits, frame by frame, until `test` holds; a test that never does runs into its timeout. */
export async function until(test: () => boolean): Promise<void> {
  while (!test()) await new Promise((resolve) => requestAnimationFrame(resolve));
}
