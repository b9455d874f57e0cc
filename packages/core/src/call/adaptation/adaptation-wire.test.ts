// Adaptation on real connections: what it sets is what the browser sends.
import { expect } from '@esm-bundle/chai';

import { realClock, Wire } from '../../../../../tests/support/link-pair.js';
import { Adaptation } from './adaptation.js';

/** A canvas that changes with every frame. */
class Moving {
  readonly track: MediaStreamTrack;
  readonly #timer: ReturnType<typeof setInterval>;
  #onDraw = (): void => undefined;

  constructor() {
    const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 240 });
    const context = canvas.getContext('2d');
    let count = 0;
    this.#timer = setInterval(() => {
      count += 1;
      if (context) context.fillStyle = `hsl(${count * 40} 90% 50%)`;
      context?.fillRect(0, 0, 320, 240);
      this.#onDraw();
    }, 30);
    const [track] = canvas.captureStream(30).getVideoTracks();
    if (!track) throw new Error('no track');
    this.track = track;
  }

  /** Resolves once this many more frames have been drawn. */
  drawn(frames: number): Promise<void> {
    let left = frames;
    return new Promise((resolve) => {
      this.#onDraw = () => {
        left -= 1;
        if (left === 0) resolve();
      };
    });
  }

  stop(): void {
    clearInterval(this.#timer);
    this.track.stop();
  }
}

async function framesSent(pc: RTCPeerConnection): Promise<number> {
  let frames = 0;
  for (const stat of (await pc.getStats()).values()) {
    const { type, kind, framesSent: sent = 0 } = stat as Record<string, unknown>;
    if (type === 'outbound-rtp' && kind === 'video') frames += Number(sent);
  }
  return frames;
}

describe('Adaptation, on the wire', () => {
  it('[LK-1] sends no picture to a peer that shows none, and sends again once it does', async () => {
    const wire = new Wire(5, 0);
    const [a, b] = [wire.add('a', 1), wire.add('b', 2)];
    const moving = new Moving();
    const { track } = moving;
    const adaptation = new Adaptation({
      clock: realClock,
      options: {},
      mesh: a.mesh,
    });
    a.mesh.publish('camera', track);
    wire.announce();
    await a.until(() => a.status('b') === 'connected' && b.status('a') === 'connected');
    const grows = async (): Promise<void> => {
      const before = await framesSent(a.connection);
      while ((await framesSent(a.connection)) === before) await moving.drawn(1);
    };
    const show = async (width: number, height: number): Promise<void> => {
      const heard = a.layouts.length;
      const say = () =>
        b.mesh.links.get('a')?.link.tell({ type: 'layout', camera: { width, height } });
      await b.until(() => say() === true);
      await a.until(() => a.layouts.length > heard);
      adaptation.onLayout('b', a.layouts.at(-1)?.layout ?? null);
    };
    const isActive = (): boolean => {
      const sender = a.mesh.links.get('b')?.link.senderOf('camera');
      return sender?.getParameters().encodings[0]?.active !== false;
    };
    await grows();

    await show(0, 0);
    while (isActive()) await moving.drawn(1);
    // Frames being encoded still go out, and browsers cache statistics for a moment.
    await moving.drawn(10);
    const sent = await framesSent(a.connection);
    await moving.drawn(20);
    expect(await framesSent(a.connection)).to.equal(sent);

    await show(320, 240);
    await grows();
    expect(isActive()).to.equal(true);
    adaptation.close();
    moving.stop();
    wire.close();
  });
});
