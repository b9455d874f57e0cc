/**
 * A page's side of the gallery: every element in a few rooms without a wire. Bundled apart from the elements,
 * so that the same rooms can be shown by the elements as they are written and as they are built.
 */
import type { ChatEntry, RoomState } from '@rtc-elements/core';

import { fakeDevices, FakeRoom, fakeOn, fakePeer, fakeYou } from '../fake-room.js';

const AT = Date.UTC(2026, 2, 4, 10, 0);

const message = (seq: number, name: string, over: Partial<ChatEntry> = {}): ChatEntry => ({
  id: `id-${seq}`,
  seq,
  at: AT + seq * 60_000,
  user: `user-${name.toLowerCase()}`,
  name,
  text: `Message ${seq} with a link: https://example.com/${seq}.`,
  kind: 'text',
  status: 'sent',
  ...over,
});

const waiting = (name: string) => ({
  session: `wait-${name.toLowerCase()}`,
  user: `user-${name.toLowerCase()}`,
  name,
});

/** What a room may be like. Each shows something that the others do not: plurals, problems, rights. */
const ROOMS: Readonly<Record<string, Partial<RoomState>>> = {
  alone: {},
  busy: {
    you: fakeYou({ role: 'host', hand: true }),
    peers: [
      fakePeer('Ada', { speaking: true }),
      fakePeer('Béla', {
        hand: true,
        typing: true,
        media: { microphone: false, camera: false, screen: false },
        link: {
          status: 'connected',
          path: 'relayed',
          stats: null,
          quality: 'poor',
          reason: 'network',
        },
      }),
      fakePeer('Chidi', { state: 'reconnecting', typing: true, read: 4 }),
    ],
    access: {
      locked: true,
      waiting: [waiting('Dara'), waiting('Eve'), waiting('Femi')],
      banned: [{ user: 'user-mallory', name: 'Mallory' }],
    },
    chat: {
      entries: [
        message(1, 'Ada', { reactions: { '🎉': ['user-ada', 'user-lin-wei'] } }),
        message(2, 'Ada', { editedAt: AT + 200_000, replyTo: 1 }),
        message(3, 'Béla', { deleted: true, text: '' }),
        message(4, 'Lin Wei', { user: 'user-lin-wei' }),
        message(5, 'Lin Wei', { user: 'user-lin-wei', seq: null, status: 'pending' }),
      ],
      more: true,
      lastSeq: 4,
      lastRev: 0,
    },
    media: {
      microphone: fakeOn('mic-1'),
      camera: fakeOn('cam-1'),
      screen: { status: 'off', deviceId: null, trackId: null, problem: null },
      speakerId: null,
      devices: fakeDevices,
    },
  },
  waiting: { connection: 'waiting', you: null },
  over: {
    connection: 'closed',
    you: null,
    left: 'removed',
    problem: { code: 'removed', message: 'You were removed from the room.', retryable: false },
  },
};

const settle = async (element: Element): Promise<void> => {
  const { updateComplete, shadowRoot } = element as Element & { updateComplete?: Promise<unknown> };
  await updateComplete;
  const inside = [...element.children, ...(shadowRoot?.querySelectorAll('*') ?? [])];
  await Promise.all(inside.filter(({ localName }) => localName.includes('-')).map(settle));
};

/**
 * Every text below `element` as it is laid out, through shadow roots: space between two blocks says nothing,
 * space within a sentence does.
 */
const textsOf = (element: Element): string[] => {
  const root = element.shadowRoot;
  const drawn = [...(root?.children ?? [])].map((child) =>
    child instanceof HTMLElement && child.checkVisibility() ? child.innerText : '',
  );
  const label = element.getAttribute('aria-label') ?? '';
  const inside = [...(root?.children ?? []), ...element.children].flatMap(textsOf);
  return [label, ...drawn, ...inside].map((text) => text.trim()).filter((text) => text !== '');
};

const gallery = {
  rooms: Object.keys(ROOMS),

  /** Puts `tag` into a room of that name, in place of what stood there, and waits until it is drawn. */
  async show(tag: string, name: string): Promise<void> {
    document.body.replaceChildren();
    const room = document.createElement('rtc-room');
    room.setAttribute('lang', 'en');
    Object.assign(room, { client: new FakeRoom(ROOMS[name]) });
    const frame = document.createElement('div');
    frame.id = 'frame';
    if (tag === 'rtc-room') frame.append(room);
    else {
      const element = document.createElement(tag);
      if (tag === 'rtc-tile') element.setAttribute('session', 'session-ada');
      room.append(element);
      frame.append(room);
    }
    document.body.append(frame);
    await customElements.whenDefined(tag);
    // What is shown by what was just drawn is drawn after it.
    for (let pass = 0; pass < 4; pass += 1) {
      await settle(room);
      await new Promise(requestAnimationFrame);
    }
    await document.fonts.ready;
  },

  texts: (): readonly string[] => textsOf(document.body),
};

declare global {
  interface Window {
    gallery: typeof gallery;
  }
}

window.gallery = gallery;
