// Elements that a page moves into another document: a frame, a popup, a picture-in-picture window.
import '../define.js';

import { expect } from '@esm-bundle/chai';

import { chatEntry } from '../../../../tests/support/chat-fixture.js';
import {
  deep,
  pathOf,
  type Shown,
  showEverything,
} from '../../../../tests/support/every-element.js';
import { fakePeer, FakeRoom } from '../../../../tests/support/fake-room.js';
import { find, settle, showRoom, until } from '../../../../tests/support/show.js';
import { LazyController } from '../lazy/lazy-controller.js';
import { LazyElements } from '../lazy/lazy-elements.js';
import type { RtcRoom } from '../room/rtc-room.js';

let frame: HTMLIFrameElement;
let other: Document;

/** A document of its own, in which the same fits as in this one. */
beforeEach(async () => {
  frame = document.createElement('iframe');
  frame.srcdoc = '<!doctype html><html lang="en"><title>Elsewhere</title><body></body></html>';
  Object.assign(frame.style, { width: `${innerWidth}px`, height: `${innerHeight}px`, border: '0' });
  const loaded = new Promise((resolve) => (frame.onload = resolve));
  document.body.append(frame);
  await loaded;
  other = frame.contentDocument as Document;
});
afterEach(() => {
  other.body.replaceChildren();
  frame.remove();
  document.body.replaceChildren();
});

const settleAll = async (rooms: readonly RtcRoom[]): Promise<void> => {
  for (let pass = 0; pass < 3; pass += 1) await Promise.all(rooms.map(settle));
};

describe('every element, moved into another document', () => {
  let shown: Shown;
  const complaints: string[] = [];
  const onError = ({ message }: ErrorEvent): void => void complaints.push(message);
  before(() => addEventListener('error', onError));
  after(() => removeEventListener('error', onError));
  beforeEach(async () => {
    shown = await showEverything(document.body);
    other.defaultView?.addEventListener('error', onError);
  });

  /** What things look like, but for where they are. */
  const looks = (root: ParentNode): readonly string[] =>
    [...deep(root)].map((element) => {
      const style = getComputedStyle(element);
      const names =
        'display color backgroundColor borderRadius padding fontSize gap boxShadow textAlign';
      const values = names.split(' ').map((name) => style[name as 'display']);
      return `${pathOf(element)}: ${values.join(' | ')}`;
    });

  it('looks there as it did, and here again when it comes back, in the same stay', async () => {
    const before = looks(document.body);
    expect(before.length).to.be.greaterThan(700);
    other.body.append(...shown.rooms);
    await settleAll(shown.rooms);
    const there = looks(other.body);
    expect(there.filter((line, index) => line !== before[index])).to.deep.equal([]);
    expect(there.length).to.equal(before.length);
    for (const element of deep(other.body))
      expect(element.ownerDocument === other, pathOf(element)).to.equal(true);
    document.body.append(...shown.rooms);
    await settleAll(shown.rooms);
    expect(looks(document.body)).to.deep.equal(before);
    for (const { calls } of shown.snapshots) expect(calls).not.to.contain('leave()');
    expect(complaints).to.deep.equal([]);
  });

  it('renders there what is new, with the same sheets for all', async () => {
    other.body.append(...shown.rooms);
    await settleAll(shown.rooms);
    for (const snapshot of shown.snapshots)
      snapshot.set({ peers: [...snapshot.getSnapshot().peers, fakePeer('Zora')] });
    const allTiles = (): Element[] =>
      [...deep(other.body)].filter(({ localName }) => localName === 'rtc-tile');
    const isZora = ({ shadowRoot }: Element): boolean =>
      shadowRoot?.textContent.includes('Zora') === true;
    await until(() => allTiles().some(isZora));
    const tiles = allTiles();
    const [first] = tiles;
    for (const tile of tiles) {
      expect(tile.shadowRoot?.adoptedStyleSheets.length).to.be.greaterThan(0);
      expect(tile.shadowRoot?.adoptedStyleSheets).to.deep.equal(
        first?.shadowRoot?.adoptedStyleSheets,
      );
    }
    expect(complaints).to.deep.equal([]);
  });

  it('can be made by the script and go there at once, or lie in a template before', async () => {
    const room = document.createElement('rtc-room');
    Object.assign(room, { client: new FakeRoom() });
    other.body.append(room);
    await settleAll([room]);
    await until(() => room.shadowRoot?.querySelector('header') !== null);
    expect(getComputedStyle(find(room, 'header')).display).to.equal('flex');
    const template = document.createElement('template');
    template.content.append(room);
    document.body.append(room);
    await settleAll([room]);
    expect(getComputedStyle(find(room, 'header')).display).to.equal('flex');
    room.remove();
    expect(complaints).to.deep.equal([]);
  });
});

describe('what belongs to a document', () => {
  const press = (page: Document, type: 'keydown' | 'keyup'): void => {
    const init = { code: 'Space', bubbles: true, cancelable: true };
    page.body.dispatchEvent(new KeyboardEvent(type, init));
  };

  it('is heard where the talk key is, and where a field of that document is not in the way', async () => {
    const room = new FakeRoom();
    const key = document.createElement('rtc-talk-key');
    const element = await showRoom(room, key);
    other.body.append(element);
    await settle(element);
    press(document, 'keydown');
    press(document, 'keyup');
    expect(room.calls).to.deep.equal([]);
    press(other, 'keydown');
    press(other, 'keyup');
    expect(room.calls).to.deep.equal(['set-microphone(true)', 'set-microphone(false)']);
    const field = other.createElement('input');
    other.body.append(field);
    field.dispatchEvent(
      new KeyboardEvent('keydown', { code: 'Space', bubbles: true, composed: true }),
    );
    expect(room.calls.length).to.equal(2);
  });

  it('is counted in its title', async () => {
    const title = (document.title = 'Here');
    const room = new FakeRoom();
    const element = await showRoom(room);
    const hide = (page: Document, hidden: boolean): void => {
      Object.defineProperty(page, 'hidden', { configurable: true, value: hidden });
      page.dispatchEvent(new Event('visibilitychange'));
    };
    hide(document, true);
    room.set({ chat: { entries: [chatEntry(1)], more: false, lastSeq: 1, lastRev: 0 } });
    await until(() => document.title === `(1) ${title}`);
    hide(other, true);
    other.body.append(element);
    await settle(element);
    expect([document.title, other.title]).to.deep.equal([title, '(1) Elsewhere']);
    hide(other, false);
    await settle(element);
    expect(other.title).to.equal('Elsewhere');
    Reflect.deleteProperty(document, 'hidden');
  });

  it('closes a menu when somebody clicks there', async () => {
    const element = await showRoom(new FakeRoom());
    other.body.append(element);
    await settle(element);
    const controls = find(element, 'rtc-controls');
    find(controls, '[data-menu=microphone]').click();
    await settle(element);
    document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    await settle(element);
    expect(controls.shadowRoot?.querySelector('[role=menu]')).not.to.equal(null);
    other.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    await settle(element);
    expect(controls.shadowRoot?.querySelector('[role=menu]')).to.equal(null);
  });

  it('hears the requests of elements that are not ours', async () => {
    const room = new FakeRoom();
    const element = await showRoom(room);
    other.body.append(element);
    await settle(element);
    const own = other.createElement('button');
    other.body.append(own);
    const event = new CustomEvent('rtc-request', {
      bubbles: true,
      detail: { do: 'toggle-microphone', force: true },
    });
    own.dispatchEvent(event);
    expect(event).to.have.property('result');
  });

  it('says in which language days and times are written', async () => {
    const room = new FakeRoom({
      chat: { entries: [chatEntry(1, { at: Date.now() })], more: false, lastSeq: 1, lastRev: 0 },
    });
    const chat = document.createElement('rtc-chat');
    await showRoom(room, chat);
    const element = chat.parentElement as RtcRoom;
    other.body.append(element);
    const day = (): string =>
      chat.shadowRoot
        ?.querySelector('rtc-chat-log')
        ?.shadowRoot?.querySelector('[part=day]')
        ?.textContent.trim() ?? '';
    other.documentElement.lang = 'de';
    await until(() => day() === 'Heute');
  });

  it('measures the stage by its own window', async () => {
    const element = await showRoom(new FakeRoom({ peers: [fakePeer('Ada')] }));
    element.style.width = '800px';
    other.body.append(element);
    const widest = (): number =>
      Math.max(
        0,
        ...[...(find(element, 'rtc-grid').shadowRoot?.querySelectorAll('rtc-tile') ?? [])].map(
          (tile) => tile.getBoundingClientRect().width,
        ),
      );
    await until(() => widest() > 300);
    element.style.width = '300px';
    await until(() => widest() > 0 && widest() < 290);
  });
});

describe('elements that have not loaded yet', () => {
  it('are put into another document when they have', async () => {
    let finish: () => void = () => undefined;
    const loading = new Promise<void>((resolve) => (finish = resolve));
    const lazy = new LazyElements([], () =>
      loading.then(() => ({ elements: { 'x-late': class extends HTMLElement {} } })),
    );
    const host = Object.assign(document.createElement('div'), {
      addController: () => undefined,
      removeController: () => undefined,
      requestUpdate: () => undefined,
      updateComplete: Promise.resolve(true),
    });
    const controller = new LazyController(host, () => '');
    expect(controller.place(lazy, 'content')).to.equal('content');
    other.body.append(host);
    expect(controller.place(lazy, 'content')).to.equal(null);
    finish();
    await lazy.load();
    expect(controller.place(lazy, 'content')).to.equal('content');
  });
});
