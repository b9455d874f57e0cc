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

  it('does nothing where the browser denies storage', () => {
    const draft = createDraft('x', () => {
      throw new DOMException('no', 'SecurityError');
    });
    draft.save('text');
    expect(draft.load()).to.equal('');
  });
});
