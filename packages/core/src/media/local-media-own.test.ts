// Tracks of the page and processed devices, as a room sends and shows them: real devices and canvases.
import type { Source } from '@rtc-elements/protocol';
import { expect } from '@esm-bundle/chai';

import { FakeClock } from '../../../../tests/support/fake-clock.js';
import { makeAudioTrack, makeVideoTrack } from '../../../../tests/support/link-pair.js';
import type { MediaPort } from '../ports.js';
import { RtcError } from '../state/errors.js';
import { browserMedia } from './browser-media-port.js';
import { LocalMedia } from './local-media.js';
import { OwnTracks } from './own-tracks.js';

let clock: FakeClock;
/** Why no device can be had. */
let refusal: string | null;
let sent: [Source, MediaStreamTrack | null][];
let dropped: string[];
let media: LocalMedia;

/** What was sent last as `source`. */
const lastSent = (source: Source): MediaStreamTrack | null | undefined =>
  sent.filter(([one]) => one === source).at(-1)?.[1];

const codeOf = (promise: Promise<void>): Promise<string> =>
  promise.then(
    () => 'done',
    (error: unknown) => (error as RtcError).code,
  );

/** Lets everything happen that waits for nothing but promises. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

function open(): LocalMedia {
  const port: MediaPort = {
    ...browserMedia,
    getUserMedia: (constraints) =>
      refusal
        ? Promise.reject(new DOMException('', refusal))
        : browserMedia.getUserMedia(constraints),
  };
  return new LocalMedia(port, clock, {
    onTrack: (source, track) => void sent.push([source, track]),
    onChange: () => undefined,
    onProcessorFailed: (source) => void dropped.push(source),
  });
}

beforeEach(() => {
  clock = new FakeClock();
  refusal = null;
  sent = [];
  dropped = [];
  media = open();
  media.extend(OwnTracks);
});
afterEach(() => media.close());

describe('a track of the page', () => {
  it('takes the place of the camera without a gap, is turned off and on like it, and is never stopped', async () => {
    await media.setCamera(true);
    const camera = media.getTrack('camera');
    const track = makeVideoTrack();
    await media.publish(track, { source: 'camera' });
    expect([camera?.readyState, lastSent('camera'), media.flags.camera]).to.deep.equal([
      'ended',
      track,
      true,
    ]);
    expect(
      sent.map(([, one]) => one),
      'others see no gap',
    ).to.deep.equal([camera, track]);
    expect(media.state.camera).to.include({ status: 'on', deviceId: null, trackId: track.id });
    await media.setCamera(false);
    expect([lastSent('camera'), media.state.camera.status, track.readyState]).to.deep.equal([
      null,
      'off',
      'live',
    ]);
    await media.setCamera(true);
    expect(lastSent('camera')).to.equal(track);
  });

  it('makes way for a device that is chosen once that is there, and stays if it cannot be had', async () => {
    const track = makeVideoTrack();
    await media.publish(track, { source: 'camera' });
    refusal = 'NotAllowedError';
    expect(await codeOf(media.setCamera({ deviceId: 'nowhere' }))).to.equal('permission-denied');
    refusal = null;
    expect([lastSent('camera'), media.state.camera.status]).to.deep.equal([track, 'on']);
    const devices = await navigator.mediaDevices.enumerateDevices();
    const deviceId = devices.find(({ kind }) => kind === 'videoinput')?.deviceId ?? '';
    await media.setCamera({ deviceId });
    expect(media.getTrack('camera')).to.not.equal(track);
    expect(sent.map(([, one]) => one === null)).to.not.include(true);
    await media.setCamera(false);
    await media.setCamera(true);
    expect(media.getTrack('camera')?.getSettings().deviceId).to.equal(deviceId);
  });

  it('says that it has ended, also when the page has stopped it, and opens no device in its place', async () => {
    const track = makeVideoTrack();
    await media.publish(track, { source: 'camera' });
    track.stop();
    clock.advance(1_000);
    expect(lastSent('camera')).to.equal(null);
    expect(media.state.camera).to.deep.include({ status: 'off', trackId: null });
    expect(media.state.camera.problem?.code).to.equal('track-ended');
    const tracks = new Map([['camera', makeVideoTrack()]] as const);
    tracks.get('camera')?.stop();
    const again = open();
    again.extend(OwnTracks, tracks);
    again.start(false, true);
    expect(again.state.camera).to.deep.include({ status: 'off' });
    expect(again.state.camera.problem?.code).to.equal('track-ended');
    again.close();
  });

  it('can be a screen, until one is shared or it is stopped', async () => {
    const track = makeVideoTrack();
    await media.publish(track, { source: 'screen' });
    expect([lastSent('screen'), media.state.screen.status]).to.deep.equal([track, 'on']);
    media.stopScreen();
    expect([lastSent('screen'), media.state.screen.status, track.readyState]).to.deep.equal([
      null,
      'off',
      'live',
    ]);
  });

  it('can be a voice', async () => {
    const track = makeAudioTrack(new AudioContext());
    await media.publish(track, { source: 'microphone' });
    expect([lastSent('microphone'), media.flags.microphone]).to.deep.equal([track, true]);
    expect(media.microphone).to.equal(track);
  });

  it('is not sent by a listener, nor after it was turned off before these media were made', async () => {
    const track = makeVideoTrack();
    await media.publish(track, { source: 'camera' });
    media.allow(false);
    expect(lastSent('camera')).to.equal(null);
    expect(await codeOf(media.publish(track, { source: 'camera' }))).to.equal('not-allowed');
    expect(await codeOf(media.setCamera(true))).to.equal('not-allowed');
    const again = open();
    again.extend(OwnTracks, new Map([['camera', track]]));
    again.start(false, false);
    expect(again.flags.camera).to.equal(false);
    again.start(false, true);
    expect(again.getTrack('camera')).to.equal(track);
    again.close();
    expect(track.readyState, 'the page may still want it').to.equal('live');
  });
});

describe('a processor', () => {
  it('is between the camera and the room, whichever camera that is, and whatever was off meanwhile', async () => {
    const made: MediaStreamTrack[] = [];
    const from: MediaStreamTrack[] = [];
    await media.setProcessor('camera', (track) => {
      from.push(track);
      made.push(makeVideoTrack());
      return made.at(-1) as MediaStreamTrack;
    });
    await media.setCamera(true);
    await settle();
    expect([media.getTrack('camera'), lastSent('camera')]).to.deep.equal([made[0], made[0]]);
    expect(media.state.camera.trackId).to.equal(made[0]?.id);
    await media.setCamera(false);
    expect([made[0]?.readyState, from[0]?.readyState, lastSent('camera')]).to.deep.equal([
      'ended',
      'ended',
      null,
    ]);
    await media.setCamera(true);
    await settle();
    expect([made.length, media.getTrack('camera')]).to.deep.equal([2, made[1]]);
    expect(
      sent.flatMap(([, track]) => (track && from.includes(track) ? [track] : [])),
    ).to.deep.equal([]);
  });

  it('that is still being loaded keeps back a camera that is turned on meanwhile, but none that was on', async () => {
    media.withhold('camera');
    await media.setCamera(true);
    expect([lastSent('camera'), media.state.camera.status]).to.deep.equal([undefined, 'starting']);
    const made = makeVideoTrack();
    await media.setProcessor('camera', () => made);
    expect([lastSent('camera'), media.state.camera.status]).to.deep.equal([made, 'on']);
    media.withhold('camera');
    expect(media.getTrack('camera')).to.equal(made);
    expect(sent.map(([, track]) => track)).to.deep.equal([made]);
  });

  it('that cannot be loaded turns the camera off as well', async () => {
    media.withhold('camera');
    await media.setCamera(true);
    media.fail('camera', new RtcError('part-unavailable', 'A part could not be loaded.'));
    expect([lastSent('camera'), dropped]).to.deep.equal([undefined, ['camera']]);
    expect(media.state.camera.problem?.code).to.equal('part-unavailable');
    await media.setCamera(true);
    expect(lastSent('camera')).to.equal(media.getTrack('camera'));
  });

  it('that fails turns the camera off, and says so; only somebody who turns it on is seen without it', async () => {
    await media.setCamera(true);
    const failing = media.setProcessor('camera', () => Promise.reject(new Error('no WebGL')));
    expect(await codeOf(failing)).to.equal('processor-failed');
    expect([lastSent('camera'), dropped]).to.deep.equal([null, ['camera']]);
    expect(media.state.camera).to.deep.include({ status: 'off', trackId: null });
    expect(media.state.camera.problem?.code).to.equal('processor-failed');
    media.start(false, true);
    expect(media.state.camera.status, 'nobody has said yes').to.equal('off');
    await media.setCamera(true);
    expect(media.state.camera).to.deep.include({ status: 'on', problem: null });
  });
});
