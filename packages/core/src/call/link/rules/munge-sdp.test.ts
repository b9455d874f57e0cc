import { expect } from '@esm-bundle/chai';

import { askForDtx } from './munge-sdp.js';

describe('askForDtx', () => {
  it('asks for it in the first audio section, and changes nothing else', () => {
    const [opus, video] = ['a=fmtp:111 minptime=10;useinbandfec=1\r\n', 'm=video\r\n'];
    const before = `m=audio\r\n${opus}${video}m=audio\r\n${opus}`;
    expect(askForDtx({ type: 'answer', sdp: before })).to.deep.equal({
      type: 'answer',
      sdp: `m=audio\r\na=fmtp:111 minptime=10;useinbandfec=1;usedtx=1\r\n${video}m=audio\r\n${opus}`,
    });
    expect(askForDtx({ type: 'offer', sdp: video }).sdp).to.equal(video);
  });
});
