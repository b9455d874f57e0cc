import { expect } from '@esm-bundle/chai';

import { TitleCount } from './title-count.js';

const before = document.title;
const [standup, support] = [{}, {}];

describe('the count in the title', () => {
  const counts = [new TitleCount(), new TitleCount()] as const;
  beforeEach(() => {
    document.title = 'Page';
  });
  afterEach(() => {
    for (const count of counts) count.show(0, standup);
    document.title = before;
  });

  it('is removed after two elements have shown one, in either order', () => {
    for (const [first, last] of [counts, [counts[1], counts[0]]] as const) {
      counts[0].show(1, standup);
      counts[1].show(2, standup);
      first.show(0, standup);
      last.show(0, standup);
      expect(document.title).to.equal('Page');
    }
  });

  it('counts what two elements of one room show once, and adds up rooms', () => {
    const [one, two] = counts;
    one.show(2, standup);
    two.show(3, standup);
    expect(document.title).to.equal('(3) Page');
    two.show(3, support);
    expect(document.title).to.equal('(5) Page');
    one.show(0, standup);
    expect(document.title).to.equal('(3) Page');
  });

  it('knows a page without a title', () => {
    document.title = '';
    counts[0].show(1, standup);
    counts[0].show(2, standup);
    expect(document.title).to.equal('(2)');
    counts[0].show(0, standup);
    expect(document.title).to.equal('');
  });

  it('follows a title that the page changes meanwhile', () => {
    const [one] = counts;
    one.show(1, standup);
    document.title = 'Another page';
    one.show(2, standup);
    expect(document.title).to.equal('(2) Another page');
    document.title = 'A third page';
    one.show(0, standup);
    expect(document.title).to.equal('A third page');
  });
});
