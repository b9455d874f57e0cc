// Who plays the sound of a call, and when it ends.
import '../define.js';

import { expect } from '@esm-bundle/chai';

import { fakePeer, FakeRoom } from '../../../../tests/support/fake-room.js';
import { find, settle, showRoom } from '../../../../tests/support/show.js';

const { play } = HTMLMediaElement.prototype;
const context = new AudioContext();
const newTrack = (): MediaStreamTrack =>
  context.createMediaStreamDestination().stream.getAudioTracks()[0] as MediaStreamTrack;

function roomWithSound(): FakeRoom {
  const room = new FakeRoom({ peers: [fakePeer('Aisha')] });
  room.liveTracks.set('session-aisha microphone', newTrack());
  return room;
}

/** The tracks that the player of `element` plays. */
const playing = (element: Element): (MediaStreamTrack | undefined)[] =>
  [...(find(element, 'rtc-player').shadowRoot?.querySelectorAll('audio') ?? [])].flatMap(
    ({ srcObject }) => (srcObject as MediaStream | null)?.getAudioTracks() ?? [],
  );

describe('rtc-player', () => {
  beforeEach(() => {
    HTMLMediaElement.prototype.play = () => Promise.resolve();
  });
  afterEach(() => {
    HTMLMediaElement.prototype.play = play;
  });

  it('plays nothing after its removal, even if an update was pending', async () => {
    const room = roomWithSound();
    const element = await showRoom(room);
    const player = find(element, 'rtc-player');
    const audio = player.shadowRoot?.querySelector('audio') as HTMLAudioElement;
    expect(playing(element)).to.have.lengthOf(1);
    player.requestUpdate();
    player.remove();
    await player.updateComplete;
    expect(audio.srcObject === null).to.equal(true);
    element.shadowRoot?.append(player);
    await settle(element);
    expect(playing(element)).to.have.lengthOf(1);
  });

  it('plays each track once for two elements of one room, and hands over when one is removed', async () => {
    const room = roomWithSound();
    const [first, second] = [await showRoom(room), await showRoom(room)];
    expect([playing(first).length, playing(second).length]).to.deep.equal([1, 0]);
    // Its pending update must not take the playback back.
    find(first, 'rtc-player').requestUpdate();
    first.remove();
    await settle(second);
    expect(playing(second)).to.have.lengthOf(1);
    document.body.append(first);
    await settle(first);
    expect([playing(first).length, playing(second).length]).to.deep.equal([0, 1]);
    first.remove();
  });

  it('stops the sound of a room that is replaced, and plays that of the next one', async () => {
    const [one, two] = [roomWithSound(), roomWithSound()];
    const element = await showRoom(one);
    element.client = two;
    await settle(element);
    expect(playing(element)).to.deep.equal([two.getTrack('session-aisha', 'microphone')]);
  });

  it('no longer says that sound is blocked once nobody plays it, or another room', async () => {
    HTMLMediaElement.prototype.play = () =>
      Promise.reject(new DOMException('Click first.', 'NotAllowedError'));
    const [before, after] = [roomWithSound(), roomWithSound()];
    const codeOf = (room: FakeRoom): string | undefined => room.getSnapshot().soundProblem?.code;
    const element = await showRoom(before);
    await settle(element);
    expect(codeOf(before)).to.equal('playback-blocked');
    element.client = after;
    await settle(element);
    await settle(element);
    expect(codeOf(before)).to.equal(undefined);
    expect(codeOf(after)).to.equal('playback-blocked');
    element.remove();
    expect(codeOf(after)).to.equal(undefined);
  });
});
