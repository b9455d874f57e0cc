import { expect } from '@esm-bundle/chai';

import { frames } from '../../../../tests/support/chat-fixture.js';
import { until } from '../../../../tests/support/show.js';
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

  it('follows a title that the page changes meanwhile, at once', async () => {
    const [one] = counts;
    one.show(1, standup);
    document.title = 'Another page';
    await until(() => document.title === '(1) Another page');
    one.show(2, standup);
    expect(document.title).to.equal('(2) Another page');
    document.title = 'A third page';
    one.show(0, standup);
    expect(document.title).to.equal('A third page');
  });

  it('counts once in front of a title that the page builds from the one that it finds', async () => {
    const [one] = counts;
    one.show(1, standup);
    document.title += ' | Site';
    expect(document.title).to.equal('(1) Page | Site');
    one.show(2, standup);
    expect(document.title).to.equal('(2) Page | Site');
    document.title = `* ${document.title}`;
    one.show(0, standup);
    expect(document.title).to.equal('* Page | Site');
  });

  it('leaves a number alone that the page has set itself', async () => {
    const [one] = counts;
    one.show(1, standup);
    document.title = '(1) Inbox';
    await until(() => document.title === '(1) (1) Inbox');
    one.show(0, standup);
    expect(document.title).to.equal('(1) Inbox');
  });

  it('is in a title element, and in a head, that takes the place of the former one', async () => {
    const [one] = counts;
    const { head } = document;
    one.show(1, standup);
    const title = document.createElement('title');
    title.textContent = 'Another element';
    document.querySelector('title')?.replaceWith(title);
    await until(() => document.title === '(1) Another element');
    const next = document.createElement('head');
    next.innerHTML = '<title>Another head</title>';
    head.replaceWith(next);
    try {
      await until(() => document.title === '(1) Another head');
      document.title = 'Again';
      await until(() => document.title === '(1) Again');
    } finally {
      next.replaceWith(head);
    }
  });

  it('does not freeze the page when other code corrects the title as well', async () => {
    const [one] = counts;
    let corrections = 0;
    const other = new MutationObserver(() => {
      if (document.title === 'Mine alone') return;
      corrections += 1;
      document.title = 'Mine alone';
    });
    other.observe(document.head, { subtree: true, childList: true, characterData: true });
    one.show(1, standup);
    await until(() => corrections >= 2);
    await frames();
    expect(corrections).to.be.below(5);
    other.disconnect();
    one.show(0, standup);
    expect(document.title).to.equal('Mine alone');
  });
});
