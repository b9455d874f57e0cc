import { expect } from '@esm-bundle/chai';
import type { PeerMessage, ShownSize, Source } from '@rtc-elements/protocol';

import { FakeClock } from '../../../../../tests/support/fake-clock.js';
import { Adaptation } from './adaptation.js';
import type { LinkStatus } from '../../state/room-state.js';

const LARGE: ShownSize = { width: 640, height: 480 };
const NOTHING: ShownSize = { width: 0, height: 0 };

/** A path that the test changes. */
class Path extends EventTarget {
  change(): void {
    this.dispatchEvent(new Event('selectedcandidatepairchange'));
  }
}

/** A sender that counts how often it is set, and that can refuse. */
class Sender {
  sets = 0;
  refuses = false;
  keyFrames = 0;
  readonly track = {};
  readonly path = new Path();
  readonly transport = { iceTransport: this.path };
  encoding: RTCRtpEncodingParameters = {};

  getParameters(): { encodings: RTCRtpEncodingParameters[] } {
    return { encodings: [{ ...this.encoding }] };
  }

  setParameters(
    { encodings }: { encodings: RTCRtpEncodingParameters[] },
    options?: { encodingOptions: { keyFrame: boolean }[] },
  ): Promise<void> {
    if (options?.encodingOptions[0]?.keyFrame) this.keyFrames += 1;
    if (this.refuses) return Promise.reject(new DOMException('busy', 'InvalidStateError'));
    this.sets += 1;
    this.encoding = encodings[0] ?? {};
    return Promise.resolve();
  }
}

function setUp() {
  const clock = new FakeClock();
  const camera = new Sender();
  const said: PeerMessage[] = [];
  const [track] = document.createElement('canvas').captureStream().getVideoTracks();
  const link = {
    status: 'connected' as LinkStatus,
    senderOf: (source: Source) =>
      source === 'camera' ? (camera as unknown as RTCRtpSender) : undefined,
    tell: (message: PeerMessage) => said.push(message) > 0,
    getStats: () => Promise.resolve(new Map() as unknown as RTCStatsReport),
  };
  const adaptation = new Adaptation({
    clock,
    options: {},
    mesh: {
      links: new Map([['peer', { link }]]),
      getOutgoing: (source) => (source === 'camera' ? (track ?? null) : null),
    },
  });
  const settle = (): Promise<void> => clock.advanceAsync(200);
  return { adaptation, link, camera, said, settle, clock };
}

describe('Adaptation', () => {
  it('[LK-1] sends a layout when it has changed, once for changes at the same time, and on a new channel', async () => {
    const { adaptation, said, settle } = setUp();
    adaptation.show('peer', 'camera', { width: 10, height: 10 });
    adaptation.show('peer', 'camera', { width: 640.4, height: 480 });
    await settle();
    adaptation.show('peer', 'camera', LARGE);
    await settle();
    expect(said).to.deep.equal([{ type: 'layout', camera: LARGE }]);
    adaptation.onLayout('peer', null);
    await settle();
    expect(said.length).to.equal(2);
    adaptation.show('peer', 'camera', null);
    await settle();
    expect(said.at(-1)).to.deep.equal({ type: 'layout', camera: NOTHING });
    adaptation.close();
  });

  it('[LK-1] stops what is not shown, starts it again, and sets nothing twice', async () => {
    const { adaptation, camera, settle } = setUp();
    adaptation.onLayout('peer', { type: 'layout', camera: LARGE });
    await settle();
    expect(camera.encoding.active).to.equal(true);
    expect(camera.sets).to.equal(1);
    adaptation.wake();
    await settle();
    expect(camera.sets).to.equal(1);
    adaptation.onLayout('peer', { type: 'layout', camera: NOTHING });
    await settle();
    expect(camera.encoding.active).to.equal(false);
    adaptation.onLayout('peer', { type: 'layout', camera: LARGE });
    await settle();
    expect(camera.encoding.active).to.equal(true);
    expect(camera.sets).to.equal(3);
    adaptation.close();
  });

  it('retries what was refused because of a negotiation', async () => {
    const { adaptation, camera, settle } = setUp();
    camera.refuses = true;
    adaptation.wake();
    await settle();
    expect(camera.sets).to.equal(0);
    camera.refuses = false;
    await settle();
    expect(camera.sets).to.equal(1);
    adaptation.close();
  });

  it('sends a key frame once when a link is back, and none while it comes up', async () => {
    const { adaptation, link, camera, settle } = setUp();
    const become = (status: LinkStatus): Promise<void> => {
      link.status = status;
      adaptation.wake();
      return settle();
    };
    await become('connecting');
    await become('connected');
    camera.path.change();
    await become('reconnecting');
    expect(camera.keyFrames).to.equal(0);
    await become('connected');
    await become('connected');
    expect(camera.keyFrames).to.equal(1);
    adaptation.close();
  });

  it('sends a key frame over each path that a link changes to', async () => {
    const { adaptation, camera, settle, clock } = setUp();
    adaptation.wake();
    await settle();
    clock.advance(3_000);
    camera.path.change();
    await settle();
    expect(camera.keyFrames).to.equal(1);
    adaptation.close();
  });

  it('does nothing any more once closed', async () => {
    const { adaptation, camera, said, clock, settle } = setUp();
    adaptation.show('peer', 'camera', LARGE);
    adaptation.close();
    await settle();
    adaptation.wake();
    await settle();
    expect(camera.sets + said.length).to.equal(0);
    expect(clock.pending).to.equal(0);
  });
});
