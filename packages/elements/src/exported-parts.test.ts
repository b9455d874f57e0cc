// The parts that elements document reach the page from every element around them, under one name each.
import './define.js';

import { expect } from '@esm-bundle/chai';

import { chatEntry, mountChat, setEntries } from '../../../tests/support/chat-fixture.js';
import { fakePeer, FakeRoom, fakeYou } from '../../../tests/support/fake-room.js';
import { namesOf, readManifest } from '../../../tests/support/manifest.js';
import { find, settle, showRoom, until } from '../../../tests/support/show.js';
import { RtcChat } from './chat/rtc-chat.js';

/** The parts of each element in the manifest, by tag. */
const documented = new Map<string, ReadonlySet<string>>();

/** By tag of the host and of the element inside it: what `exportparts` says, outer names by inner ones. */
const exported = new Map<string, Map<string, ReadonlyMap<string, string>>>();

/** By tag: the parts of elements in its own shadow tree. */
const own = new Map<string, Set<string>>();

const partsOf = (tag: string): ReadonlySet<string> => documented.get(tag) ?? new Set();

const isElement = (element: Element): boolean => documented.has(element.localName);

function readExports(element: Element): ReadonlyMap<string, string> {
  const entries = (element.getAttribute('exportparts') ?? '').split(',').map((entry) => {
    const [inner = '', outer = inner] = entry.trim().split(':');
    return [inner, outer] as const;
  });
  return new Map(entries.filter(([inner]) => inner !== ''));
}

/** Notes what `host`, and everything inside it, has and exports. */
function walk(host: Element): void {
  const inside = [...(host.shadowRoot?.querySelectorAll('*') ?? [])];
  const names = own.get(host.localName) ?? new Set();
  const children = exported.get(host.localName) ?? new Map<string, ReadonlyMap<string, string>>();
  for (const element of inside) {
    for (const name of element.part) names.add(name);
    if (!isElement(element)) continue;
    children.set(element.localName, readExports(element));
    walk(element);
  }
  own.set(host.localName, names);
  exported.set(host.localName, children);
}

/** Where a part of an element comes from, as `tag::part`. */
function originsOf(tag: string, name: string): ReadonlySet<string> {
  const origins = new Set(own.get(tag)?.has(name) ? [`${tag}::${name}`] : []);
  for (const [child, parts] of exported.get(tag) ?? [])
    for (const [inner, outer] of parts)
      if (outer === name) for (const origin of originsOf(child, inner)) origins.add(origin);
  return origins.size > 0 ? origins : new Set([`${tag}::${name}`]);
}

describe('the parts of elements', () => {
  before(async () => {
    for (const [tag, { cssParts }] of await readManifest())
      documented.set(tag, new Set(namesOf(cssParts)));

    const peers = [fakePeer('Aisha')];
    for (const over of [
      { connection: 'idle', you: null },
      { connection: 'waiting', you: null },
      { connection: 'closed', left: 'left' },
    ] as const)
      walk(await showRoom(new FakeRoom(over)));
    const callRoom = new FakeRoom({ peers });
    const call = await showRoom(callRoom);
    await until(() => find(call, 'rtc-grid').shadowRoot?.querySelector('rtc-tile') != null);
    const file = { id: 'f', name: 'plan.pdf', size: 3, type: '' };
    const entries = [chatEntry(1, { kind: 'file', file })];
    await RtcChat.lazyElements.files.load();
    setEntries(callRoom, entries);
    for (const panel of ['chat', 'people', 'stats'] as const) {
      call.shared?.togglePanel(panel, true);
      await settle(call);
      walk(call);
    }
    const { chat, room, rendered } = await mountChat(entries);
    room.set({ you: fakeYou({ call: 0 }) });
    await rendered();
    walk(chat);
    room.set({ connection: 'waiting', you: null });
    await rendered();
    walk(chat);
    chat.remove();
  });

  it('were looked at in every element that another one contains', () => {
    const seen = new Set([...exported.values()].flatMap((children) => [...children.keys()]));
    const all = [...documented].filter(([, parts]) => parts.size > 0).map(([tag]) => tag);
    expect(all.filter((tag) => !seen.has(tag))).to.deep.equal([
      'rtc-cursors',
      'rtc-files',
      'rtc-room',
    ]);
  });

  it('are all exported, and no others', () => {
    for (const [host, children] of exported)
      for (const [child, parts] of children)
        expect([...parts.keys()], `<${child}> in <${host}>`).to.have.members([...partsOf(child)]);
  });

  it('are documented by the element that exports them', () => {
    for (const [host, children] of exported) {
      const outer = [...children.values()].flatMap((parts) => [...parts.values()]);
      const missing = outer.filter((name) => !partsOf(host).has(name));
      expect(missing, `<${host}>`).to.deep.equal([]);
    }
  });

  it('are documented by the element that has them', () => {
    for (const [tag, names] of own)
      expect(
        [...names].filter((name) => !partsOf(tag).has(name)),
        `<${tag}>`,
      ).to.deep.equal([]);
  });

  it('have a name of their own', () => {
    for (const [tag, parts] of documented)
      for (const name of parts)
        expect([...originsOf(tag, name)], `${tag}::part(${name})`).to.have.lengthOf(1);
  });
});
