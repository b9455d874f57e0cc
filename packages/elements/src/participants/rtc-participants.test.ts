import '../define.js';

import { expect } from '@esm-bundle/chai';

import { expectAccessible } from '../../../../tests/support/axe.js';
import { fakePeer, FakeRoom } from '../../../../tests/support/fake-room.js';
import { showRoom } from '../../../../tests/support/show.js';

describe('rtc-participants', () => {
  it('is accessible, and lists everybody with what they are sending', async () => {
    const media = { microphone: false, camera: true, screen: false };
    const peers = [fakePeer('Aisha', { media, hand: true }), fakePeer('Noor', { call: 0 })];
    const list = document.createElement('rtc-participants');
    await showRoom(new FakeRoom({ peers }), list);
    await expectAccessible(list);
    const lines = [...(list.shadowRoot?.querySelectorAll('li') ?? [])].map(({ textContent }) =>
      textContent.replace(/\s+/g, ' ').trim(),
    );
    expect(lines).to.have.lengthOf(3);
    expect(lines[0]).to.contain('Lin Wei You');
    expect(lines[1]).to.contain('Aisha').and.contain('hand raised').and.contain('Microphone off');
    expect(lines[2]).to.contain('Noor chat only').and.not.contain('Camera');
  });
});
