// What is sent of a device that a page processes, with a clock of the test.
import { expect } from '@esm-bundle/chai';

import { FakeClock } from '../../../../tests/support/fake-clock.js';
import { makeVideoTrack } from '../../../../tests/support/link-pair.js';
import type { TrackProcessor } from '../api/media-api.js';
import type { RtcError } from '../state/errors.js';
import { createDeferred } from '../support/deferred.js';
import { STALL_MS, TrackProcessing } from './track-processing.js';
import type { watchPictures } from './watch-pictures.js';

/** What was sent after each change, by the name of its track. */
function setup() {
  const clock = new FakeClock();
  const sent: (string | null)[] = [];
  const failed: RtcError[] = [];
  const names = new Map<MediaStreamTrack, string>();
  let still: (() => void) | null = null;
  const watch: typeof watchPictures = ({ onStill }) => (still = onStill);
  const processing: TrackProcessing = new TrackProcessing(
    'camera',
    clock,
    {
      onChange: () => {
        const { track } = processing;
        const name = track && (names.get(track) ?? '?');
        if (sent.at(-1) !== name) sent.push(name);
      },
      onFailed: (error) => void failed.push(error),
    },
    watch,
  );
  const track = (name: string): MediaStreamTrack => {
    const made = makeVideoTrack();
    names.set(made, name);
    return made;
  };
  /** A processor that makes a track of this name at once, and when it was ended. */
  const effect = (name: string) => {
    const made = track(name);
    const state = { made, isEnded: false };
    const processor: TrackProcessor = (_raw, signal) => {
      signal.addEventListener('abort', () => (state.isEnded = true));
      return made;
    };
    return { state, processor };
  };
  return { clock, sent, failed, processing, track, effect, stand: () => still?.() };
}

const codeOf = (promise: Promise<void>): Promise<string> =>
  promise.then(
    () => 'done',
    (error: unknown) => (error as RtcError).code,
  );

/** Lets everything happen that waits for nothing but promises. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

describe('TrackProcessing', () => {
  it('sends the device where there is no processor, and nothing while it is off', () => {
    const { processing, sent, track } = setup();
    processing.take(track('camera'));
    processing.take(null);
    expect(sent).to.deep.equal(['camera', null]);
  });

  it('never sends a device unprocessed that comes on with a processor, nor one that takes its place', async () => {
    const { processing, sent, track } = setup();
    const ready = [createDeferred<MediaStreamTrack>(), createDeferred<MediaStreamTrack>()];
    let runs = 0;
    await processing.set(() => ready[runs++]?.promise ?? Promise.reject(new Error('too often')));
    processing.take(track('camera'));
    expect([processing.isStarting, processing.track]).to.deep.equal([true, null]);
    ready[0]?.resolve(track('blurred'));
    await settle();
    expect([sent.at(-1), processing.isStarting]).to.deep.equal(['blurred', false]);
    processing.take(track('other camera'));
    expect(processing.track).to.equal(null);
    ready[1]?.resolve(track('other blurred'));
    await settle();
    expect(sent).to.deep.equal([null, 'blurred', null, 'other blurred']);
  });

  it('goes on with what is sent until another processor is ready, and ends the one before', async () => {
    const { processing, sent, track, effect } = setup();
    const raw = track('camera');
    processing.take(raw);
    const [first, second] = [effect('first'), effect('second')];
    await processing.set(first.processor);
    await processing.set(second.processor);
    expect([first.state.isEnded, first.state.made.readyState]).to.deep.equal([true, 'ended']);
    await processing.set(null);
    expect([second.state.isEnded, second.state.made.readyState]).to.deep.equal([true, 'ended']);
    expect(sent).to.deep.equal(['camera', 'first', 'second', 'camera']);
    expect(raw.readyState, 'the device is not ours to stop').to.equal('live');
  });

  it('lets the last of several processors win, and stops what comes too late', async () => {
    const { processing, sent, track, effect } = setup();
    processing.take(track('camera'));
    const late = createDeferred<MediaStreamTrack>();
    const overtaken = codeOf(processing.set(() => late.promise));
    const last = effect('last');
    await processing.set(last.processor);
    expect(await overtaken).to.equal('aborted');
    const made = track('late');
    late.resolve(made);
    await settle();
    expect([made.readyState, sent]).to.deep.equal(['ended', ['camera', 'last']]);
  });

  it('ends the processor, and resolves who waits for it, when the device goes off', async () => {
    const { processing, effect, track, clock, sent } = setup();
    processing.take(track('camera'));
    const waiting = codeOf(processing.set(() => new Promise(() => undefined)));
    processing.take(null);
    expect(await waiting).to.equal('done');
    const { state, processor } = effect('blurred');
    await processing.set(processor);
    processing.take(track('camera'));
    await settle();
    processing.take(null);
    expect([state.isEnded, state.made.readyState, sent.at(-1)]).to.deep.equal([
      true,
      'ended',
      null,
    ]);
    expect(clock.pending).to.equal(0);
  });

  const audio = (): MediaStreamTrack => {
    const context = new AudioContext();
    return context.createMediaStreamDestination().stream.getAudioTracks()[0] as MediaStreamTrack;
  };
  const ended = (): MediaStreamTrack => {
    const track = makeVideoTrack();
    track.stop();
    return track;
  };
  const failures: Readonly<Record<string, TrackProcessor>> = {
    throws: () => {
      throw new Error('no WebGL');
    },
    rejects: () => Promise.reject(new Error('no WebGL')),
    'gives no track': () => undefined as never,
    'gives something else': () => ({ kind: 'video', readyState: 'live' }) as never,
    'gives sound': audio,
    'gives a track that has ended': ended,
    'never answers': () => new Promise(() => undefined),
  };
  for (const [what, processor] of Object.entries(failures)) {
    it(`sends nothing when a processor ${what}, until the device is turned on again`, async () => {
      const { processing, sent, failed, track, clock } = setup();
      processing.take(track('camera'));
      const waiting = codeOf(processing.set(processor));
      await settle();
      clock.advance(STALL_MS);
      expect(await waiting).to.equal('processor-failed');
      expect([failed.map(({ code }) => code), processing.track]).to.deep.equal([
        ['processor-failed'],
        null,
      ]);
      processing.take(null);
      processing.take(track('again'));
      expect(sent.at(-1)).to.equal('again');
      expect(clock.pending).to.equal(0);
    });
  }

  it('sends nothing when the picture of a processor stands still, or its track ends', async () => {
    for (const how of ['still', 'ended'] as const) {
      const { processing, failed, track, effect, stand } = setup();
      processing.take(track('camera'));
      const { state, processor } = effect('blurred');
      // Firefox dispatches no event that a page makes on a track.
      let end: (() => void) | null = null;
      state.made.addEventListener = (_: string, listener: unknown) =>
        void (end = listener as () => void);
      await processing.set(processor);
      if (how === 'still') stand();
      else (end as (() => void) | null)?.();
      expect([processing.track, failed.length, state.isEnded], how).to.deep.equal([null, 1, true]);
    }
  });
});
