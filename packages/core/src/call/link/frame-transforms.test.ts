import type { Source } from '@rtc-elements/protocol';
import { expect } from '@esm-bundle/chai';

import {
  connected,
  earlyOfferOf,
  makeAudioTrack,
  makeVideoTrack,
  type Member,
  Wire,
} from '../../../../../tests/support/link-pair.js';
import type { FrameTransforms } from './frame-transforms.js';
import { FIRST_EPOCH } from './signal-log.js';

/** Counts the frames of each transform and, if asked to, inverts all their bits but those of the header. */
const WORKER = `
  self.onrtctransform = ({ transformer: { readable, writable, options } }) => {
    let frames = 0;
    const transform = new TransformStream({
      transform(frame, controller) {
        if (options.flips) {
          const bytes = new Uint8Array(frame.data);
          for (let at = 10; at < bytes.length; at += 1) bytes[at] ^= 0xff;
          frame.data = bytes.buffer;
        }
        frames += 1;
        options.port.postMessage(frames);
        controller.enqueue(frame);
      },
    });
    void readable.pipeThrough(transform).pipeTo(writable);
  };
`;

/** Transforms of one member, with the number of frames that the newest transform of each end has seen. */
class CountingTransforms implements FrameTransforms {
  readonly #worker = new Worker(URL.createObjectURL(new Blob([WORKER])));
  readonly #flips: boolean;
  readonly #listeners = new Set<() => void>();
  readonly seen = new Map<string, number>();
  /** How often each end was asked for. */
  readonly asked = new Map<string, number>();

  constructor({ flips = false } = {}) {
    this.#flips = flips;
  }

  ofSender(source: Source): RTCRtpScriptTransform {
    return this.#make(`send ${source}`);
  }

  ofReceiver(source: Source): RTCRtpScriptTransform {
    return this.#make(`receive ${source}`);
  }

  /** Resolves once `more` further frames have passed at each of `ends`. */
  async passes(ends: readonly string[], more = 10): Promise<void> {
    const wanted = ends.map((end) => [end, (this.seen.get(end) ?? 0) + more] as const);
    const passed = (): boolean =>
      wanted.every(([end, frames]) => (this.seen.get(end) ?? 0) >= frames);
    while (!passed()) {
      await new Promise<void>((resolve) => this.#listeners.add(resolve));
    }
  }

  close(): void {
    this.#worker.terminate();
  }

  #make(end: string): RTCRtpScriptTransform {
    const { port1, port2 } = new MessageChannel();
    const turn = (this.asked.get(end) ?? 0) + 1;
    this.asked.set(end, turn);
    this.seen.set(end, 0);
    port1.onmessage = ({ data }) => {
      if (this.asked.get(end) === turn) this.seen.set(end, data);
      for (const listener of [...this.#listeners]) listener();
      this.#listeners.clear();
    };
    return new RTCRtpScriptTransform(this.#worker, { port: port2, flips: this.#flips }, [port2]);
  }
}

interface Counted {
  readonly member: Member;
  readonly counter: CountingTransforms;
}

const ENDS = ['send microphone', 'send camera', 'receive microphone', 'receive camera'];

/** Resolves once what `from` sends has been seen: a field of red or blue that changes. */
async function shows({ mesh }: Member, from: string): Promise<void> {
  const video = document.createElement('video');
  video.muted = true;
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext('2d');
  const colours = new Set<string>();
  while (colours.size < 2) {
    const track = mesh.getTrack(from, 'camera');
    if (track && (video.srcObject as MediaStream | null)?.getVideoTracks()[0] !== track) {
      video.srcObject = new MediaStream([track]);
      video.play().catch(() => undefined);
    }
    await new Promise((again) => void setTimeout(again, 30));
    if (!context || video.videoWidth === 0) continue;
    context.drawImage(video, 0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
    if (green < 60 && red > 180 && blue < 90) colours.add('red');
    if (green < 60 && blue > 180 && red < 90) colours.add('blue');
  }
  video.srcObject = null;
}

describe('the transforms of frames', () => {
  const tracks: MediaStreamTrack[] = [];
  const counters: CountingTransforms[] = [];
  let context: AudioContext;

  beforeEach(() => {
    context = new AudioContext();
  });

  afterEach(async () => {
    for (const track of tracks.splice(0)) track.stop();
    for (const counter of counters.splice(0)) counter.close();
    await context.close();
  });

  const picture = (): MediaStreamTrack => {
    const track = makeVideoTrack();
    tracks.push(track);
    return track;
  };
  const voice = (): MediaStreamTrack => {
    const track = makeAudioTrack(context);
    tracks.push(track);
    return track;
  };
  const publish = ({ mesh }: Member): void => {
    mesh.publish('microphone', voice());
    mesh.publish('camera', picture());
  };
  const count = (member: Member, options = {}): CountingTransforms => {
    const counter = new CountingTransforms(options);
    counters.push(counter);
    member.mesh.transformFrames(counter);
    return counter;
  };

  /** Two members whose frames are counted from the beginning, or from the middle of their call. */
  async function countedPair(
    moment: 'before' | 'in',
    options: readonly [object, object] = [{}, {}],
  ): Promise<{ wire: Wire; a: Counted; b: Counted }> {
    const wire = new Wire(1, 5);
    const [a, b] = [wire.add('a', 1), wire.add('b', 2)];
    const begin = async (): Promise<void> => {
      [a, b].forEach(publish);
      wire.announce();
      await connected(a, b);
    };
    if (moment === 'in') await begin();
    if (moment === 'in') await Promise.all([shows(a, 'b'), shows(b, 'a')]);
    const [ofA, ofB] = [count(a, options[0]), count(b, options[1])];
    if (moment === 'before') await begin();
    return { wire, a: { member: a, counter: ofA }, b: { member: b, counter: ofB } };
  }

  for (const moment of ['before', 'in'] as const) {
    it(`see every frame if they are given ${moment} the call`, async () => {
      const { wire, a, b } = await countedPair(moment);
      await Promise.all([a.counter.passes(ENDS), b.counter.passes(ENDS)]);
      await Promise.all([shows(a.member, 'b'), shows(b.member, 'a')]);
      wire.close();
    });

    it(`may change bits that the other side changes back, given ${moment} the call`, async () => {
      const { wire, a, b } = await countedPair(moment, [{ flips: true }, { flips: true }]);
      await Promise.all([shows(a.member, 'b'), shows(b.member, 'a')]);
      wire.close();
    });
  }

  it('see every frame through mute, another device, and a screen', async () => {
    const { wire, a, b } = await countedPair('before');
    await a.counter.passes(ENDS);
    const asked = new Map(a.counter.asked);
    const { mesh } = a.member;
    mesh.publish('camera', null);
    mesh.publish('microphone', null);
    mesh.publish('camera', picture());
    mesh.publish('microphone', voice());
    await Promise.all([a.counter.passes(ENDS), b.counter.passes(ENDS)]);
    expect([...a.counter.asked]).to.deep.equal([...asked]);
    mesh.publish('screen', picture());
    await Promise.all([a.counter.passes(['send screen']), b.counter.passes(['receive screen'])]);
    mesh.publish('screen', null);
    mesh.publish('screen', picture());
    await Promise.all([a.counter.passes(['send screen']), b.counter.passes(['receive screen'])]);
    expect(a.counter.asked.get('send screen')).to.equal(1);
    wire.close();
  });

  it('are asked for anew on a new connection', async () => {
    const { wire, a, b } = await countedPair('before');
    await Promise.all([a.counter.passes(ENDS), b.counter.passes(ENDS)]);
    const [before] = a.counter.asked.values();
    for (const { link } of a.member.mesh.links.values()) link.rebuild();
    await wire.until(() => a.member.connections.length + b.member.connections.length > 3);
    await Promise.all([a.counter.passes(ENDS), b.counter.passes(ENDS)]);
    for (const { asked } of [a.counter, b.counter])
      expect(asked.get('send camera')).to.be.greaterThan(before ?? 0);
    wire.close();
  });

  it('are on a link that begins with an early offer, and on one that was offered without them', async () => {
    for (const isLate of [false, true]) {
      const wire = new Wire(1, 0);
      const [a, b] = [wire.add('a', 1), wire.add('b', 2)];
      const ofA = count(a);
      [a, b].forEach(publish);
      const ofB = isLate ? null : count(b);
      const offer = await earlyOfferOf(b);
      wire.deliver('a', { ...offer, epoch: FIRST_EPOCH.early, n: 0, type: 'signal', from: 'b' });
      b.mesh.assignEarlyOffer('a');
      const lateOfB = ofB ?? count(b);
      wire.announce();
      await connected(a, b);
      await Promise.all([ofA.passes(ENDS), lateOfB.passes(ENDS)]);
      wire.close();
    }
  });

  it('no longer see anything once they are taken away', async () => {
    const { wire, a, b } = await countedPair('before', [{ flips: true }, { flips: true }]);
    await Promise.all([shows(a.member, 'b'), shows(b.member, 'a')]);
    for (const { member } of [a, b]) member.mesh.transformFrames(null);
    const made = a.counter.asked.get('send camera');
    await connected(a.member, b.member);
    await Promise.all([shows(a.member, 'b'), shows(b.member, 'a')]);
    expect(a.counter.asked.get('send camera')).to.equal(made);
    wire.close();
  });
});
