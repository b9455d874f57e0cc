// Events reach a listener on any ancestor, with their type.
import { expect } from '@esm-bundle/chai';

import { RtcUnreadEvent } from './events.js';

describe('an event of an element', () => {
  it('is typed for a listener on an element, the document and the window', () => {
    const seen: number[] = [];
    const stop = new AbortController();
    const element = document.createElement('div');
    document.body.append(element);
    // Compiling this is the test of the types: `unread` exists on that event alone.
    element.addEventListener('rtc-unread', ({ unread }) => seen.push(unread), stop);
    document.addEventListener('rtc-unread', ({ unread }) => seen.push(unread), stop);
    window.addEventListener('rtc-unread', ({ unread }) => seen.push(unread), stop);
    element.dispatchEvent(new RtcUnreadEvent(2));
    stop.abort();
    element.remove();
    expect(seen).to.deep.equal([2, 2, 2]);
  });
});
