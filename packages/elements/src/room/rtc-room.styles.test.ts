// A page's own layout keeps its size while the elements in it load.
import '../define.js';

import { expect } from '@esm-bundle/chai';

import { FakeRoom } from '../../../../tests/support/fake-room.js';
import { until } from '../../../../tests/support/show.js';
import { RtcRoom } from './rtc-room.js';

describe('the layout of a page', () => {
  afterEach(() => document.body.replaceChildren());

  it('does not change when its elements are defined, and foreign elements are left alone', async () => {
    const room = document.createElement('rtc-room');
    const grid = document.createElement('rtc-grid');
    const foreign = document.createElement('foreign-element');
    grid.style.height = '300px';
    room.client = new FakeRoom();
    room.append(grid, foreign);
    document.body.append(room);
    await until(() => room.composed);
    expect(customElements.get('rtc-grid')).to.equal(undefined);
    const box = grid.getBoundingClientRect();
    expect(box.height).to.equal(300);
    expect(getComputedStyle(foreign).display).to.equal('inline');
    await RtcRoom.lazyElements.interface.load();
    await until(() => grid.renderRoot?.querySelector('rtc-tile') != null);
    expect(grid.getBoundingClientRect()).to.deep.equal(box);
  });
});
