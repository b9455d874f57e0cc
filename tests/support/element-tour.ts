/**
 * A tour of the elements: rooms in every state, with every panel opened, every button pressed and every field filled
 * in. What the elements turn out to have on the way is noted, by tag.
 */
import { RtcError } from '@rtc-elements/core';

import { RtcChat } from '../../packages/elements/src/chat/rtc-chat.js';
import type { RtcRoom } from '../../packages/elements/src/room/rtc-room.js';
import { chatEntry, mountChat, setEntries } from './chat-fixture.js';
import { FakeRoom } from './fake-room.js';
import { createsRoom, find, openRoom, settle, showRoom, until } from './show.js';
import { BUSY, ENTRIES, PICTURE, tellAll, TRANSFERS } from './tour-rooms.js';

/** What a tag was found to have. */
export interface Found {
  readonly parts: Set<string>;
  readonly slots: Set<string>;
  /** The class of each event that it dispatched, or that went through it, by name. */
  readonly events: Map<string, string>;
}

const isOurs = ({ localName }: Element): boolean => localName.startsWith('rtc-');

export class ElementTour {
  /** The fields of each event that was dispatched, by its class. */
  readonly fields = new Map<string, readonly string[]>();
  readonly #found = new Map<string, Found>();
  readonly #events: readonly string[];

  /** `events`: the names of all events to listen for. */
  constructor(events: readonly string[]) {
    this.#events = events;
  }

  of(tag: string): Found {
    const found = this.#found.get(tag) ?? { parts: new Set(), slots: new Set(), events: new Map() };
    this.#found.set(tag, found);
    return found;
  }

  async run(): Promise<void> {
    const stop = new AbortController();
    const note = (event: Event): void => {
      const own = Object.keys(event).filter((name) => name !== 'isTrusted');
      this.fields.set(event.constructor.name, own.sort());
      const path = event.composedPath().filter((one): one is Element => one instanceof Element);
      for (const { localName } of path.filter(isOurs))
        this.of(localName).events.set(event.type, event.constructor.name);
    };
    for (const name of this.#events)
      window.addEventListener(name, note, { ...stop, capture: true });
    // No browser is to open a picker, or to save anything.
    const { prototype } = HTMLElement;
    const { click } = prototype;
    prototype.click = function (this: HTMLElement): void {
      if (this.isConnected) click.call(this);
    };
    await this.#lobby();
    await this.#screens();
    for (const panel of ['chat', 'people', 'stats'] as const) await this.#call(panel);
    await this.#chats();
    await this.#files();
    await this.#cursors();
    prototype.click = click;
    stop.abort();
  }

  async #lobby(): Promise<void> {
    const room = new FakeRoom({ ...BUSY, connection: 'idle', you: null, peers: [] });
    const element = await openRoom(room);
    const check = find(find(element, 'rtc-lobby'), 'rtc-network-check');
    for (const quality of ['good', 'fair', 'poor']) {
      Object.assign(check, { status: 'done', report: { quality, problems: [] } });
      check.requestUpdate();
      await this.#look(element);
    }
    await this.#press(element);
  }

  async #screens(): Promise<void> {
    for (const over of [
      { connection: 'waiting', you: null },
      { connection: 'closed', left: 'removed', you: null },
    ] as const) {
      const element = await showRoom(new FakeRoom(over));
      await this.#look(element);
      await this.#press(element);
    }
  }

  /** Somebody else's voice, knock and departure, whatever a room can tell. */
  async #call(panel: 'chat' | 'people' | 'stats'): Promise<void> {
    const room = new FakeRoom({ ...BUSY, connection: 'connecting' });
    const element = await openRoom(room);
    element.notify = 'toast';
    element.pushToTalk = '';
    await element.shared?.join('Lin Wei');
    room.set({ ...BUSY, connection: 'connected' });
    room.files.previews.set('c', PICTURE).set('e', PICTURE);
    if (panel === 'chat') await this.#carry(element, room);
    element.shared?.togglePanel(panel, true);
    setEntries(room, ENTRIES, true);
    await this.#look(element);
    if (panel === 'chat') {
      await this.#share(find(element, 'rtc-chat'), room);
      await this.#arrive(find(element, 'rtc-chat'), room);
    }
    tellAll(room);
    await this.#look(element);
    await this.#talk(element, room);
    // First what is in the panel: another button closes it.
    await this.#press(element, find(element, 'aside > :last-child'));
    await this.#press(element);
    room.set({ ...BUSY, peers: [] });
    await this.#look(element);
  }

  /** Cards for files, a few at a time. */
  async #carry(element: Element, room: FakeRoom): Promise<void> {
    for (const some of [TRANSFERS.slice(0, 2), TRANSFERS.slice(2)]) {
      room.files.set(some);
      await this.#look(element);
    }
    await this.#drop(element);
  }

  /** Files over everything that takes some. */
  async #drop(element: Element): Promise<void> {
    const places = [element, ...inside(element)].filter((one) => one.matches(TAKES_FILES));
    for (const one of new Map(places.map((place) => [place.localName, place])).values()) {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['a'], 'a.txt'));
      const init = { dataTransfer, bubbles: true, composed: true, cancelable: true };
      one.dispatchEvent(new DragEvent('dragover', init));
      await this.#look(element);
      one.dispatchEvent(new DragEvent('dragleave', { bubbles: true, composed: true }));
    }
  }

  async #files(): Promise<void> {
    const room = new FakeRoom({ ...BUSY });
    const files = document.createElement('rtc-files');
    const element = await showRoom(room, files);
    room.files.set(TRANSFERS);
    room.files.previews.set('c', PICTURE);
    files.maxSize = 1;
    await this.#look(element);
    await this.#drop(files);
    await this.#press(element, files);
  }

  /** Somebody who points at what is inside. */
  async #cursors(): Promise<void> {
    const room = new FakeRoom({ ...BUSY });
    const cursors = document.createElement('rtc-cursors');
    const surface = document.createElement('div');
    Object.assign(surface.style, { width: '400px', height: '300px' });
    cursors.append(surface);
    const element = await showRoom(room, cursors);
    const [peer] = room.getSnapshot().peers;
    room.ephemeralOf('rtc-cursors:page').receive(peer?.session ?? '', { x: 0.5, y: 0.5 });
    await this.#look(element);
  }

  /** With the key: of a microphone that is off. */
  async #talk(element: RtcRoom, room: FakeRoom): Promise<void> {
    const { media } = room.getSnapshot();
    room.set({ media: { ...media, microphone: { ...media.microphone, status: 'off' } } });
    await settle(element);
    const key = { code: 'Space', bubbles: true, composed: true };
    element.dispatchEvent(new KeyboardEvent('keydown', key));
    await settle(element);
    element.dispatchEvent(new KeyboardEvent('keyup', key));
  }

  async #chats(): Promise<void> {
    const { chat, room } = await mountChat(ENTRIES, { own: true });
    room.set({ ...BUSY });
    room.files.set(TRANSFERS);
    room.files.previews.set('e', PICTURE);
    await this.#look(chat);
    await this.#drop(chat);
    await this.#share(chat, room);
    await this.#arrive(chat, room);
    tellAll(room);
    await this.#look(chat);
    await this.#press(chat);
    for (const over of [
      { connection: 'waiting', you: null },
      { connection: 'closed', left: 'left' },
      { connection: 'reconnecting' },
    ] as const) {
      room.set(over);
      await this.#look(chat);
    }
    chat.remove();
    await this.#entry();
  }

  /** Files in the chat: one that is to be sent, and one that is on its way. */
  async #share(chat: RtcChat, room: FakeRoom): Promise<void> {
    room.files.set(TRANSFERS);
    find(chat, 'rtc-chat-composer').attach([new File(['a'], 'a.txt')]);
    for (const status of ['running', 'interrupted', 'done'] as const) {
      const problem = { code: 'sender-gone', message: 'Ada has gone.', retryable: true } as const;
      room.files.change('e', { status, problem: status === 'interrupted' ? problem : null });
      await this.#look(chat);
    }
  }

  /** A message that is not seen at once. */
  async #arrive(chat: RtcChat, room: FakeRoom): Promise<void> {
    chat.hidden = true;
    // The browser reports asynchronously that the log is hidden.
    let seq = ENTRIES.length;
    await until(() => {
      setEntries(room, [...ENTRIES, chatEntry((seq += 1))], true);
      return chat.unread > 0;
    });
    await this.#look(chat);
    chat.hidden = false;
    await this.#look(chat);
  }

  /** A chat that asks for a name, and a room that takes none. */
  async #entry(): Promise<void> {
    const room = new FakeRoom({ connection: 'idle', you: null });
    room.join = () => Promise.reject(new RtcError('bad-name', 'Not this one.'));
    const chat = new RtcChat();
    await createsRoom(chat, room, () => {
      document.body.append(chat);
      return settle(chat);
    });
    await this.#look(chat);
    await this.#press(chat);
    chat.remove();
  }

  /** Notes the parts and slots of an element and of all inside it, once everything has been drawn. */
  async #look(element: Element): Promise<void> {
    await drawn(element);
    for (const one of [element, ...inside(element)].filter(isOurs)) {
      const { parts, slots } = this.of(one.localName);
      for (const inner of one.shadowRoot?.querySelectorAll('*') ?? []) {
        for (const part of inner.part) parts.add(part);
        for (const outer of exportsOf(inner)) parts.add(outer);
        if (inner instanceof HTMLSlotElement) slots.add(inner.name);
      }
    }
  }

  /** Fills in every field and presses every button, those that appear meanwhile as well. */
  async #press(element: Element, first = element): Promise<void> {
    const pressed = new Set<string>();
    for (;;) {
      const left = inside(first).filter((one) => isControl(one) && !pressed.has(idOf(one)));
      // A button may take away the field beside it. The toolbar of a message comes with the pointer.
      const next = left.find(isField) ?? left.find((one) => !isMessage(one)) ?? left[0];
      if (!next) return;
      pressed.add(idOf(next));
      use(next);
      await this.#look(element);
    }
  }
}

const TAKES_FILES = 'rtc-chat, rtc-files, rtc-tile:not([self])';

const isMessage = (element: Element): boolean => element.matches('[part~=message]');

const isField = (element: Element): boolean => element.matches('select, input, textarea');

const isControl = (element: Element): boolean =>
  isMessage(element) || isField(element) || element.matches('button:not(:disabled)');

/** The same button of the next drawing is the same. */
function idOf(element: Element): string {
  const { host } = element.getRootNode() as Partial<ShadowRoot>;
  const words = element.getAttribute('aria-label') ?? element.textContent;
  return [host?.localName, element.localName, element.part.value, words.trim()].join(' ');
}

function use(element: Element): void {
  if (element instanceof HTMLButtonElement) element.click();
  else if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) {
    element.value = 'Lin Wei';
    element.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    const key = { key: 'Enter', bubbles: true, composed: true, cancelable: true };
    element.dispatchEvent(new KeyboardEvent('keydown', key));
    element.form?.requestSubmit();
  } else if (element instanceof HTMLSelectElement) {
    element.selectedIndex = element.options.length - 1;
    element.dispatchEvent(new Event('change', { bubbles: true }));
  } else element.dispatchEvent(new PointerEvent('pointerover', { bubbles: true, composed: true }));
}

/** All elements in the shadow tree, however deep, and in the tree of children. */
function inside(element: Element): readonly Element[] {
  const own = [...(element.shadowRoot?.querySelectorAll('*') ?? []), ...element.children];
  return own.flatMap((one) => [one, ...(isOurs(one) ? inside(one) : [])]);
}

function exportsOf(element: Element): readonly string[] {
  const words = element.getAttribute('exportparts') ?? '';
  const outer = words.split(',').map((part) => part.trim().split(':').at(-1) ?? '');
  return outer.filter((name) => name !== '');
}

/** What is shown by what was just drawn is drawn after it. */
async function drawn(element: Element): Promise<void> {
  for (let pass = 0; pass < 3; pass += 1) {
    await settle(element);
    await new Promise(requestAnimationFrame);
  }
}
