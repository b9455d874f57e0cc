import { expect } from '@esm-bundle/chai';
import type { Source } from '@rtc-elements/protocol';

import { fakeDevices, FakeRoom } from '../../../../tests/support/fake-room.js';
import { RtcError } from '../state/errors.js';
import { createPlayback } from './playback.js';

const { play } = HTMLMediaElement.prototype;
const context = new AudioContext();
const newSound = (): MediaStreamTrack =>
  context.createMediaStreamDestination().stream.getAudioTracks()[0] as MediaStreamTrack;
const newPicture = (): MediaStreamTrack =>
  document.createElement('canvas').captureStream().getVideoTracks()[0] as MediaStreamTrack;

const tracksOf = ({ srcObject }: HTMLMediaElement): readonly MediaStreamTrack[] =>
  (srcObject as MediaStream | null)?.getTracks() ?? [];

function send(
  room: FakeRoom,
  session: string,
  source: Source,
  track: MediaStreamTrack | null,
): void {
  const key = `${session} ${source}`;
  if (track) room.liveTracks.set(key, track);
  else room.liveTracks.delete(key);
  room.set({});
}

/** Whether elements may play, and what was asked to play. */
let isAllowed = true;
let asked = 0;

describe('an attached element', () => {
  beforeEach(() => {
    isAllowed = true;
    asked = 0;
    HTMLMediaElement.prototype.play = async () => {
      asked += 1;
      if (!isAllowed) throw new DOMException('Click first.', 'NotAllowedError');
    };
  });
  afterEach(() => {
    HTMLMediaElement.prototype.play = play;
  });

  it('has the track of now: before it comes, when it is replaced, and when it ends', () => {
    const room = new FakeRoom();
    const audio = new Audio();
    audio.volume = 0.5;
    const detach = room.attach(audio, 'ann', 'microphone');
    expect(tracksOf(audio)).to.deep.equal([]);
    for (const track of [newSound(), newSound()]) {
      send(room, 'ann', 'microphone', track);
      expect(tracksOf(audio)).to.deep.equal([track]);
    }
    send(room, 'ann', 'microphone', null);
    expect(audio.srcObject === null).to.equal(true);
    send(room, 'ann', 'microphone', newSound());
    expect([asked, audio.volume, audio.muted]).to.deep.equal([3, 0.5, false]);
    detach();
    expect(audio.srcObject === null).to.equal(true);
    send(room, 'ann', 'microphone', newSound());
    expect(audio.srcObject === null, 'it has ended').to.equal(true);
    expect(room.listenerCount).to.equal(0);
  });

  it('ends with its signal, also one that has aborted', () => {
    const room = new FakeRoom();
    send(room, 'ann', 'microphone', newSound());
    const end = new AbortController();
    const audio = new Audio();
    room.attach(audio, 'ann', 'microphone', end);
    expect(tracksOf(audio)).to.have.length(1);
    end.abort();
    expect(tracksOf(audio)).to.have.length(0);
    room.attach(audio, 'ann', 'microphone', end);
    expect([tracksOf(audio).length, room.listenerCount]).to.deep.equal([0, 0]);
  });

  it('has picture and sound of one person, and is muted while it has only a picture', () => {
    const room = new FakeRoom();
    const [picture, sound] = [newPicture(), newSound()];
    send(room, 'ann', 'camera', picture);
    send(room, 'ann', 'microphone', sound);
    const video = document.createElement('video');
    room.attach(video, 'ann', 'camera');
    expect([video.muted, video.playsInline]).to.deep.equal([true, true]);
    const detach = room.attach(video, 'ann', 'microphone');
    expect(tracksOf(video)).to.have.members([picture, sound]);
    expect(video.muted).to.equal(false);
    detach();
    expect([tracksOf(video), video.muted]).to.deep.equal([[picture], true]);
  });

  it('leaves it to the page whether sound is muted', () => {
    const room = new FakeRoom();
    const video = document.createElement('video');
    video.muted = true;
    send(room, 'ann', 'microphone', newSound());
    room.attach(video, 'ann', 'microphone');
    expect(video.muted).to.equal(true);
  });

  it('shows ourselves before anybody has a session', () => {
    const room = new FakeRoom();
    const own = newPicture();
    send(room, '', 'camera', own);
    const video = document.createElement('video');
    room.attach(video, null, 'camera');
    expect(tracksOf(video)).to.deep.equal([own]);
  });

  it('plays on the chosen speaker, and on the default one while that is unplugged', () => {
    const room = new FakeRoom();
    const audio = new Audio();
    const sinks: string[] = [];
    Object.assign(audio, { setSinkId: async (id: string) => void sinks.push(id) });
    Object.defineProperty(audio, 'sinkId', { value: '' });
    room.attach(audio, 'ann', 'microphone');
    const { media } = room.getSnapshot();
    room.set({ media: { ...media, devices: fakeDevices } });
    room.media.setSpeaker('out-1');
    room.set({});
    room.set({ media: { ...room.getSnapshot().media, devices: [] } });
    room.set({ media: { ...room.getSnapshot().media, devices: fakeDevices } });
    room.media.setSpeaker(null);
    expect(sinks).to.deep.equal(['out-1', '', 'out-1', '']);
  });

  it('waits for a click if the browser refuses, and is over when it is detached', async () => {
    const room = new FakeRoom();
    const code = (): string | undefined => room.getSnapshot().soundProblem?.code;
    isAllowed = false;
    send(room, 'ann', 'microphone', newSound());
    const audio = new Audio();
    const detach = room.attach(audio, 'ann', 'microphone');
    await Promise.resolve();
    await Promise.resolve();
    expect(code()).to.equal('playback-blocked');
    const refused = await room.audio.start().catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(RtcError).with.property('code', 'playback-blocked');
    isAllowed = true;
    await room.audio.start();
    expect(code()).to.equal(undefined);
    isAllowed = false;
    send(room, 'ann', 'microphone', newSound());
    await Promise.resolve();
    await Promise.resolve();
    expect(code()).to.equal('playback-blocked');
    detach();
    expect(code()).to.equal(undefined);
  });

  it('is not played if it was detached before the code for it was there', async () => {
    const room = new FakeRoom();
    let isLoaded = false;
    const { attach, audio } = createPlayback({
      room,
      onSound: () => (isLoaded = true),
      reportError: () => undefined,
    });
    room.liveTracks.set('ann microphone', newSound());
    const [gone, here] = [new Audio(), new Audio()];
    attach(gone, 'ann', 'microphone')();
    attach(here, 'ann', 'microphone');
    await audio.start();
    while (!isLoaded) await new Promise((next) => requestAnimationFrame(next));
    expect([tracksOf(gone).length, tracksOf(here).length]).to.deep.equal([0, 1]);
  });
});
