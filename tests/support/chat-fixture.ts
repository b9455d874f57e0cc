// A chat in a page, for its tests: entries, and ways to wait for what the browser does in its own time.
import type { ChatEntry } from '@rtc-elements/core';

import { RtcChat } from '../../packages/elements/src/chat/rtc-chat.js';
import { loadMore } from '../../packages/elements/src/session/requests/load-more.js';
import type { RtcChatLog } from '../../packages/elements/src/chat/log/rtc-chat-log.js';
import '../../packages/elements/src/define-chat.js';
import { FakeRoom, fakeYou } from './fake-room.js';
import { createsRoom } from './show.js';

/** What a chat is made of, in the order in which one waits for the other. */
const INSIDE = [
  'rtc-chat-log',
  'rtc-chat-tools',
  'rtc-chat-log',
  'rtc-chat-typing',
  'rtc-chat-composer',
  'rtc-chat-target',
  'rtc-chat-entry',
  'rtc-chat-search',
];

const NOON = new Date(2026, 2, 4, 12).getTime();

/** Message number `seq`, by default of Ada at noon. */
export function chatEntry(seq: number, over: Partial<ChatEntry> = {}): ChatEntry {
  const base = {
    id: `m${seq}`,
    seq,
    at: NOON,
    user: 'user-ada',
    name: 'Ada',
    text: `message ${seq}`,
  };
  return { ...base, kind: 'text', status: 'sent', ...over };
}

/** Messages `from` to `to`, each a minute after the one before. */
export const chatEntries = (from: number, to: number): readonly ChatEntry[] =>
  Array.from({ length: to - from + 1 }, (_, index) =>
    chatEntry(from + index, { at: NOON + (from + index) * 60_000 }),
  );

/** A message of the local user that is not sent yet. */
export const pendingEntry = (id: string, text: string): ChatEntry =>
  chatEntry(0, { id, text, seq: null, status: 'pending', user: fakeYou().user, name: 'Lin Wei' });

/** Puts `entries` into the room, as it does itself. */
export function setEntries(room: FakeRoom, entries: readonly ChatEntry[], more = false): void {
  const lastSeq = Math.max(0, ...entries.map((entry) => entry.seq ?? 0));
  room.set({ chat: { entries, more, lastSeq, lastRev: 0 } });
}

/** What a test sees of a chat. */
export interface ChatFixture {
  readonly chat: RtcChat;
  readonly room: FakeRoom;
  /** The first match for a selector in the chat or in an element inside it. */
  find(selector: string): HTMLElement | null;
  findAll(selector: string): HTMLElement[];
  /** Everything that was asked for is rendered. */
  rendered(): Promise<void>;
}

/**
 * A chat of a fake room, 320 by 480 px, with a history of `entries`. It opens the room itself with `own`;
 * otherwise the room is its `client`. `host`: default: one that nobody else has.
 */
export async function mountChat(
  entries: readonly ChatEntry[] = [],
  { own = false, host }: { readonly own?: boolean; readonly host?: string } = {},
): Promise<ChatFixture> {
  await Promise.all([loadMore(), RtcChat.lazyElements.interface.load()]);
  const room = new FakeRoom({ connection: 'connecting' });
  setEntries(room, entries);
  const chat = new RtcChat();
  chat.style.inlineSize = '320px';
  chat.style.blockSize = '480px';
  const mount = (): Promise<unknown> => {
    document.body.append(chat);
    return chat.updateComplete;
  };
  // The session takes what stands in the room at the first welcome as read.
  if (own) await createsRoom(chat, room, mount, host);
  else {
    chat.client = room;
    await mount();
  }
  room.set({ connection: 'connected' });
  const fixture = fixtureOf(chat, room);
  await fixture.rendered();
  return fixture;
}

function fixtureOf(chat: RtcChat, room: FakeRoom): ChatFixture {
  const roots = (): readonly ShadowRoot[] => {
    const root = chat.renderRoot as ShadowRoot;
    return [root, ...innerRoots(root)];
  };
  const findAll = (selector: string): HTMLElement[] =>
    roots().flatMap((root) => [...root.querySelectorAll<HTMLElement>(selector)]);
  const find = (selector: string): HTMLElement | null => findAll(selector)[0] ?? null;
  const rendered = async (): Promise<void> => {
    await chat.updateComplete;
    for (const tag of INSIDE) {
      await (find(tag) as RtcChatLog | null)?.updateComplete;
    }
  };
  return { chat, room, find, findAll, rendered };
}

/** The shadow roots inside of one, however deep. */
function innerRoots(root: ShadowRoot): ShadowRoot[] {
  return [...root.querySelectorAll('*')].flatMap(({ shadowRoot }) =>
    shadowRoot ? [shadowRoot, ...innerRoots(shadowRoot)] : [],
  );
}

/** Two frames: observers have reported, and what they asked for is rendered. */
export async function frames(): Promise<void> {
  for (let count = 0; count < 2; count += 1) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}
