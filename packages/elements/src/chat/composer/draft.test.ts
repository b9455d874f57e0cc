// Drafts survive a reload if the browser allows storage, and never break anything if it does not.
import { expect } from '@esm-bundle/chai';

import { createDraft } from './draft.js';

describe('createDraft', () => {
  it('loads what was saved under the same name, and nothing under another', () => {
    const getStorage = (): Storage => sessionStorage;
    createDraft('host/a', getStorage).save('half a sent');
    expect(createDraft('host/a', getStorage).load()).to.equal('half a sent');
    expect(createDraft('host/b', getStorage).load()).to.equal('');
    createDraft('host/a', getStorage).save('');
    expect(createDraft('host/a', getStorage).load()).to.equal('');
    expect(sessionStorage.getItem('rtc-draft:host/a')).to.equal(null);
  });

  it('lasts as long as the page where the browser denies storage', () => {
    const deny = (): never => {
      throw new DOMException('no', 'SecurityError');
    };
    const draft = createDraft('x', deny);
    draft.save('text');
    expect(createDraft('x', deny).load()).to.equal('text');
    draft.save('');
    expect(draft.load()).to.equal('');
  });

  it('takes back a text only if nothing was begun meanwhile', () => {
    const draft = createDraft('host/c', () => sessionStorage);
    draft.saveUnlessBegun('first');
    draft.saveUnlessBegun('second');
    expect(draft.load()).to.equal('first');
    draft.save('');
  });
});
