import { expect } from '@esm-bundle/chai';

import { realClock } from '../../../../tests/support/link-pair.js';
import { browserMedia } from './browser-media-port.js';
import { hasSamples } from './has-samples.js';

const open = async (kind: 'audio' | 'video'): Promise<MediaStreamTrack> => {
  const [track] = (await browserMedia.getUserMedia({ [kind]: true })).getTracks();
  if (!track) throw new Error('No track.');
  return track;
};

describe('hasSamples', () => {
  for (const kind of ['audio', 'video'] as const) {
    it(`finds them in a ${kind} device that works`, async () => {
      const track = await open(kind);
      expect(await hasSamples(track, realClock)).to.equal(true);
      track.stop();
    });
  }

  it('[faults 65] finds none in a live and silent microphone, where the browser lets the page listen', async () => {
    // Chromium lets a page with a microphone play audio; Firefox also requires a gesture.
    const microphone = await open('audio');
    const context = new AudioContext();
    const [track] = context.createMediaStreamDestination().stream.getTracks();
    if (!track) throw new Error('No track.');
    const gives = await hasSamples(track, realClock);
    expect(gives).to.equal(context.state !== 'running');
    microphone.stop();
    await context.close();
  });

  it('[faults 65] finds none in a camera whose picture stands still', async () => {
    const canvas = document.createElement('canvas');
    canvas.getContext('2d');
    const [track] = canvas.captureStream(0).getTracks();
    if (!track) throw new Error('No track.');
    expect(await hasSamples(track, realClock)).to.equal(false);
  });
});
