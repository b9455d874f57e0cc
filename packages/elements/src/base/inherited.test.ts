// What the page sets on an ancestor, or on everything, does not change what is inside our elements.
import '../define.js';

import { expect } from '@esm-bundle/chai';

import { deep, pathOf, showEverything } from '../../../../tests/support/every-element.js';
import { type Inherited, inheritedProperties } from '../../../../tests/support/inherited.js';

/** What an element takes from the page on purpose, with the reason. */
const TAKEN: Readonly<Record<string, string>> = {
  direction: '`dir` says it, at the element or above',
  'color-scheme': 'the page chooses light or dark, unless `theme` does',
  visibility: 'who hides a part of the page hides what is in it',
  'pointer-events': 'who takes a part of the page away from the pointer takes what is in it',
  interactivity: 'as `inert`',
  'text-size-adjust': 'how large a phone makes the text of a page, for all of it',
  '-webkit-text-size-adjust': 'the same',
  '-moz-text-size-adjust': 'the same',
};

const { inherited, unknown } = inheritedProperties();

describe('what a page inherits', () => {
  let page: HTMLElement;
  let inner: readonly Element[];

  before(async () => {
    page = document.createElement('div');
    document.body.append(page);
    await showEverything(page);
    // In a layout of the page's own, what is the page's inherits from it; two elements show nothing at all.
    const isOurs = (element: Element): boolean =>
      !element.matches('[composed], rtc-player, rtc-talk-key') &&
      !(element.getRootNode() as Partial<ShadowRoot>).host?.matches('[composed]');
    inner = [...deep(page)].filter(isOurs);
  });
  after(() => page.remove());
  afterEach(() => page.removeAttribute('style'));

  const read = (name: string): readonly string[] =>
    inner.map((element) => getComputedStyle(element).getPropertyValue(name));

  /** Computed values of each property when the page sets none of them. */
  let usual: ReadonlyMap<string, readonly string[]>;
  before(() => {
    usual = new Map(inherited.map(({ name }) => [name, read(name)]));
  });

  /** The first few elements in which `name` changes when the page inherits `value`. */
  const changedBy = ({ name, value }: Inherited): readonly string[] => {
    page.style.setProperty(name, value);
    const after = read(name);
    // To compute all styles anew is what takes long here: not twice for each property.
    page.removeAttribute('style');
    if (after.every((one, index) => one === usual.get(name)?.[index])) return [];
    const before = read(name);
    return inner.flatMap((element, index) =>
      after[index] === before[index]
        ? []
        : [`${pathOf(element)}: ${before[index] ?? ''} -> ${after[index] ?? ''}`],
    );
  };

  const readAll = (): readonly (readonly string[])[] =>
    inner.map((element) => {
      const style = getComputedStyle(element);
      // What a grid says of its tracks is where they are, and rows out of sight are nowhere.
      const names = [...style].filter((name) => !/^--|^grid-template-/.test(name));
      return names.map((name) => `${name}: ${style.getPropertyValue(name)}`);
    });

  /** What changes in the computed style of anything when the page has all of this, each set in turn. */
  const changesBy = (...sets: readonly (readonly Inherited[])[]): readonly string[] => {
    const before = readAll().map((lines) => new Set(lines));
    return sets.flatMap((properties) => {
      for (const { name, value } of properties) page.style.setProperty(name, value);
      const after = readAll();
      page.removeAttribute('style');
      return inner.flatMap((element, index) => {
        const other = after[index]?.filter((line) => !before[index]?.has(line)) ?? [];
        return other.length > 0 ? [`${pathOf(element)}: ${other.slice(0, 3).join(', ')}`] : [];
      });
    });
  };

  it('is known for every property of this browser', () => {
    expect(unknown).to.deep.equal([]);
    expect(inherited.length).to.be.greaterThan(90);
    expect(inner.length).to.be.greaterThan(700);
  });

  it('reaches nothing in our elements, property by property, but what is meant to', () => {
    const leaks = inherited
      .filter(({ name }) => !(name in TAKEN))
      .map((one) => ({ ...one, changed: changedBy(one) }))
      .filter(({ changed }) => changed.length > 0)
      .map(({ name, changed }) => `${name} (${changed.length}): ${changed[0] ?? ''}`);
    expect(leaks).to.deep.equal([]);
  });

  it('reaches them where it is meant to', () => {
    const kept = inherited.filter(({ name }) => name in TAKEN);
    expect(kept.length).to.be.greaterThan(3);
    for (const one of kept) expect(changedBy(one).length, one.name).to.be.greaterThan(0);
  });

  it('changes no computed style, all of it together', () => {
    const others = inherited.filter(({ name }) => !(name in TAKEN));
    expect(changesBy(others)).to.deep.equal([]);
  });

  it('leaves text to be selected where the page does not want its own to be', () => {
    page.style.setProperty('user-select', 'none');
    // In Firefox it does not inherit, but `auto` is what the parent has.
    for (const element of inner.filter(({ shadowRoot }) => shadowRoot))
      expect(getComputedStyle(element).getPropertyValue('user-select'), pathOf(element)).to.equal(
        'text',
      );
  });

  it('gives the variables that are our own no value', () => {
    const names = new Set<string>();
    for (const element of inner)
      for (const { cssRules } of element.shadowRoot?.adoptedStyleSheets ?? [])
        for (const rule of cssRules)
          for (const [, name = ''] of rule.cssText.matchAll(/var\((--(?!rtc-)[\w-]+)/g))
            names.add(name);
    expect(names.size).to.be.greaterThan(15);
    const withValue = (value: string): readonly Inherited[] =>
      [...names].map((name) => ({ name, value }));
    expect(changesBy(withValue('3px'), withValue('lime'))).to.deep.equal([]);
  });

  it("gives way to the page's own rules for an element", () => {
    const sheet = document.createElement('style');
    sheet.textContent = `rtc-chat, rtc-room { text-align: right; display: flex; letter-spacing: 3px; color: rgb(1, 2, 3) }`;
    document.head.append(sheet);
    const chat = document.createElement('rtc-chat');
    page.append(chat);
    const { textAlign, display, letterSpacing, color } = getComputedStyle(chat);
    expect([textAlign, display, letterSpacing, color]).to.deep.equal([
      'right',
      'flex',
      '3px',
      'rgb(1, 2, 3)',
    ]);
    sheet.remove();
    chat.remove();
  });

  it("leaves the page's own layout in a room as it is", async () => {
    const room = document.createElement('rtc-room');
    const own = document.createElement('p');
    room.append(own);
    page.append(room);
    await room.updateComplete;
    page.style.textAlign = 'right';
    page.style.letterSpacing = '2px';
    const { textAlign, letterSpacing } = getComputedStyle(own);
    expect([textAlign, letterSpacing]).to.deep.equal(['right', '2px']);
    room.remove();
  });

  it('keeps the ring of an element that the page made focusable, and the language of its letters', async () => {
    const chat = document.createElement('rtc-chat');
    chat.tabIndex = 0;
    chat.lang = 'tr';
    page.append(chat);
    await chat.updateComplete;
    const word = document.createElement('p');
    word.textContent = 'i';
    word.style.textTransform = 'uppercase';
    chat.shadowRoot?.append(word);
    expect(word.innerText).to.equal('İ');
    HTMLElement.prototype.focus.call(chat, { focusVisible: true });
    expect(getComputedStyle(chat).outlineStyle).to.equal('auto');
    chat.remove();
  });
});
