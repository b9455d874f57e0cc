// Rows that keep their elements.
import { expect } from '@esm-bundle/chai';
import { html, nothing, render } from 'lit';

import { each } from './each.js';

const box = document.createElement('div');
const show = (keys: readonly string[]): unknown =>
  render(
    html`<i>before</i>${each(
        keys,
        (key) => key,
        (key, index) => html`<b id=${key}>${key}${index}</b>`,
      )}<i>after</i>`,
    box,
  );
const rows = (): Element[] => [...box.querySelectorAll('b')];

describe('each', () => {
  it('keeps the element of every key through any change of order', () => {
    const seed = Date.now() % 2 ** 31;
    let state = seed;
    const random = (): number => (state = (state * 48_271) % (2 ** 31 - 1)) / (2 ** 31 - 1);
    for (let round = 0; round < 300; round += 1) {
      const before = new Map(rows().map((row) => [row.id, row]));
      const keys = [...'abcdefgh'].filter(() => random() < 0.6).sort(() => random() - 0.5);
      show(keys);
      const hint = `seed ${seed}, round ${round}`;
      expect(box.textContent, hint).to.equal(
        `before${keys.map((key, index) => key + index).join('')}after`,
      );
      for (const row of rows()) {
        expect(before.get(row.id) ?? row, hint).to.equal(row);
      }
    }
  });

  it('touches no row that stays where it is', () => {
    show(['a', 'b', 'c', 'd']);
    const moved: Node[] = [];
    const observer = new MutationObserver(() => undefined);
    observer.observe(box, { childList: true });
    show(['a', 'c', 'x', 'd']);
    for (const { addedNodes, removedNodes } of observer.takeRecords()) {
      moved.push(...addedNodes, ...removedNodes);
    }
    observer.disconnect();
    const names = moved
      .filter((node) => node instanceof Element)
      .map(({ textContent }) => textContent);
    expect(names).to.deep.equal(['b1', 'x2']);
  });

  it('takes the place of something else, and gives it back', () => {
    const place = document.createElement('div');
    const put = (value: unknown): unknown => render(html`<p>${value}</p>`, place);
    put(html`<u>empty</u>`);
    put(each([1, 2], String, (value) => html`<b>${value}</b>`));
    expect(place.textContent).to.equal('12');
    put(nothing);
    expect(place.textContent).to.equal('');
    put(each([3], String, (value) => html`<b>${value}</b>`));
    put(html`<u>empty</u>`);
    expect(place.textContent).to.equal('empty');
  });
});
