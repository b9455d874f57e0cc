import { expect } from '@esm-bundle/chai';
import { KEY_PATTERN } from '@rtc-elements/protocol';

import { getUserKey } from './user-key.js';

describe('getUserKey', () => {
  it('stays the same in this browser', () => {
    localStorage.clear();
    const key = getUserKey();
    expect(key).to.match(KEY_PATTERN);
    expect(getUserKey()).to.equal(key);
    expect(localStorage.getItem('rtc-elements:key')).to.equal(key);
  });

  it('stays the same for the page if storage is unavailable, and does not throw', () => {
    const { getItem } = Storage.prototype;
    Storage.prototype.getItem = () => {
      throw new DOMException('denied', 'SecurityError');
    };
    try {
      const key = getUserKey();
      expect(key).to.match(KEY_PATTERN);
      expect(getUserKey()).to.equal(key);
    } finally {
      Storage.prototype.getItem = getItem;
    }
  });

  it('is another one for a tab that is a person of its own, and the same after a reload', () => {
    const browser = getUserKey();
    const tab = getUserKey('tab');
    expect(tab).to.match(KEY_PATTERN);
    expect(tab).not.to.equal(browser);
    expect(getUserKey('tab')).to.equal(tab);
    expect(getUserKey('browser')).to.equal(browser);
    // What is stored is copied when somebody duplicates the tab.
    expect(Object.values(sessionStorage)).not.to.contain(tab);
    dispatchEvent(new PageTransitionEvent('pagehide'));
    expect(Object.values(sessionStorage)).to.contain(tab);
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    expect(Object.values(sessionStorage)).not.to.contain(tab);
  });

  it('replaces an invalid key', () => {
    localStorage.setItem('rtc-elements:key', '<script>');
    expect(getUserKey()).to.match(KEY_PATTERN);
    expect(localStorage.getItem('rtc-elements:key')).to.match(KEY_PATTERN);
  });
});
