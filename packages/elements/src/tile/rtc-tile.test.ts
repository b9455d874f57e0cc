import '../define.js';

import { expect } from '@esm-bundle/chai';
import type { Peer } from '@rtc-elements/core';

import { expectAccessible } from '../../../../tests/support/axe.js';
import { fakePeer, FakeRoom } from '../../../../tests/support/fake-room.js';
import { find, settle, showRoom, until } from '../../../../tests/support/show.js';
import type { RtcRoom } from '../room/rtc-room.js';
import type { RtcTile } from './rtc-tile.js';

async function setup(over: Partial<Peer> = {}): Promise<{ room: FakeRoom; tile: RtcTile }> {
  const room = new FakeRoom({ peers: [fakePeer('Rahim Chowdhury', over)] });
  const tile = document.createElement('rtc-tile');
  tile.session = 'session-rahim-chowdhury';
  tile.style.height = '200px';
  await showRoom(room, tile);
  return { room, tile };
}

function pictureTrack(): MediaStreamTrack {
  const canvas = document.createElement('canvas');
  canvas.getContext('2d')?.fillRect(0, 0, 9, 9);
  const [track] = canvas.captureStream(5).getVideoTracks();
  if (!track) throw new Error('no track');
  return track;
}

describe('rtc-tile', () => {
  it('is accessible', async () => {
    const { tile } = await setup({ hand: true });
    await expectAccessible(tile);
  });

  it('shows initials in place of a missing picture', async () => {
    const { tile } = await setup();
    expect(find(tile, '.avatar').textContent?.trim()).to.equal('RC');
  });

  it('pulses only where a connection takes long', async () => {
    const { tile } = await setup({ link: { ...fakePeer('Ada').link, status: 'connecting' } });
    const [pulse] = find(tile, '.avatar').getAnimations();
    expect(pulse?.effect?.getComputedTiming().delay).to.equal(1_000);
  });

  it('shows the live track, and keeps it through unrelated changes', async () => {
    const { room, tile } = await setup();
    const track = pictureTrack();
    room.liveTracks.set('session-rahim-chowdhury camera', track);
    room.set({});
    await settle(tile);
    const video = find(tile, 'video');
    const stream = video.srcObject as MediaStream;
    expect(stream.getVideoTracks()).to.deep.equal([track]);
    room.set({ connection: 'reconnecting' });
    await settle(tile);
    expect(video.srcObject).to.equal(stream);
    track.stop();
  });

  it('shows nobody else for somebody who has left', async () => {
    const { room, tile } = await setup();
    const own = pictureTrack();
    room.liveTracks.set(' camera', own);
    const { media } = room.getSnapshot();
    room.set({ peers: [], media: { ...media, camera: { ...media.camera, status: 'on' } } });
    await settle(tile);
    expect(tile.self).to.equal(false);
    expect(find(tile, '.name').textContent).to.contain('Rahim Chowdhury');
    expect(find(tile, 'video').srcObject).to.equal(null);
    own.stop();
  });

  it('releases the picture when it is removed, and shows it again when it is added back', async () => {
    const { room, tile } = await setup();
    const track = pictureTrack();
    room.liveTracks.set('session-rahim-chowdhury camera', track);
    room.set({});
    await settle(tile);
    const video = find(tile, 'video');
    const { parentElement } = tile;
    tile.remove();
    expect(video.srcObject).to.equal(null);
    parentElement?.append(tile);
    await settle(tile);
    expect((video.srcObject as MediaStream | null)?.getVideoTracks()).to.deep.equal([track]);
    track.stop();
  });

  it('tells the room its size, and that it shows nothing when removed or scrolled away', async () => {
    const { room, tile } = await setup();
    tile.style.width = '320px';
    const session = 'session-rahim-chowdhury';
    const told = (width: number) => () => {
      const last = room.shown.at(-1);
      return last?.session === session && Math.round(last.size?.width ?? 0) === width;
    };
    await until(told(320 * devicePixelRatio));
    tile.style.marginTop = '10000px';
    await until(told(0));
    tile.style.marginTop = '';
    await until(told(320 * devicePixelRatio));
    tile.remove();
    await until(told(0));
  });

  it('registers while it waits for the first remote frame, and notes when that is shown', async () => {
    const { room, tile } = await setup();
    const { shared } = tile.rtc;
    const track = pictureTrack();
    room.liveTracks.set('session-rahim-chowdhury camera', track);
    room.set({});
    await tile.updateComplete;
    expect(shared?.awaitedPictures.has(tile)).to.equal(true);
    expect(shared?.hasPicture).to.equal(false);
    await until(() => shared?.hasPicture === true);
    expect(shared?.awaitedPictures.size).to.equal(0);
    track.stop();
  });

  it('does not wait once it is removed, or for the local picture', async () => {
    const { room, tile } = await setup();
    const { shared } = tile.rtc;
    const track = pictureTrack();
    room.liveTracks.set('session-rahim-chowdhury camera', track);
    room.set({});
    await tile.updateComplete;
    tile.remove();
    expect(shared?.awaitedPictures.size).to.equal(0);
    const { media } = room.getSnapshot();
    room.liveTracks.set(' camera', track);
    const own = document.createElement('rtc-tile');
    const element = await showRoom(room, own);
    room.set({ media: { ...media, camera: { ...media.camera, status: 'on' } } });
    await settle(element);
    expect(element.shared?.awaitedPictures.size).to.equal(0);
    track.stop();
  });

  it('does not wait in a room that is no longer its own', async () => {
    const { room, tile } = await setup();
    const { shared } = tile.rtc;
    const track = pictureTrack();
    room.liveTracks.set('session-rahim-chowdhury camera', track);
    room.set({});
    await tile.updateComplete;
    expect(shared?.awaitedPictures.size).to.equal(1);
    (tile.parentElement as RtcRoom).client = new FakeRoom(room.getSnapshot());
    await settle(tile);
    await until(() => tile.rtc.shared !== shared);
    await settle(tile);
    expect(shared?.awaitedPictures.size).to.equal(0);
    track.stop();
  });

  it('hides the picture as soon as the peer reports that the camera is off', async () => {
    const { room, tile } = await setup();
    const track = pictureTrack();
    room.liveTracks.set('session-rahim-chowdhury camera', track);
    room.set({
      peers: [
        fakePeer('Rahim Chowdhury', { media: { microphone: true, camera: false, screen: false } }),
      ],
    });
    await settle(tile);
    expect(find(tile, 'video').hidden).to.equal(true);
    track.stop();
  });

  it('reflects its state, so that a page can style it', async () => {
    const { room, tile } = await setup({ speaking: true });
    expect(tile.hasAttribute('speaking')).to.equal(true);
    expect(tile.hasAttribute('muted')).to.equal(false);
    expect(tile.getAttribute('quality')).to.equal('good');
    expect(tile.getAttribute('connection')).to.equal('connected');
    const link = {
      status: 'reconnecting',
      path: null,
      stats: null,
      quality: 'poor',
      reason: 'network',
    } as const;
    const media = { microphone: false, camera: true, screen: false };
    room.set({ peers: [fakePeer('Rahim Chowdhury', { link, media, speaking: true })] });
    await settle(tile);
    expect(tile.hasAttribute('speaking')).to.equal(false);
    expect(tile.hasAttribute('muted')).to.equal(true);
    expect(tile.getAttribute('connection')).to.equal('reconnecting');
    expect(tile.getAttribute('quality-reason')).to.equal('network');
    expect(find(tile, '.frame').ariaLabel).to.equal(
      'Rahim Chowdhury, muted, Poor connection: your network is weak, reconnecting',
    );
  });

  it('says that the call has no place for a peer, or for us', async () => {
    const link = { status: 'full', path: null, stats: null, quality: null, reason: null } as const;
    const { tile } = await setup({ link });
    expect(tile.getAttribute('connection')).to.equal('full');
    expect(find(tile, '.label').textContent?.trim()).to.equal('no place in the call yet');
    expect(find(tile, '.frame').ariaLabel).to.contain('no place in the call yet');
  });

  it('retries the connection to a peer that was given up, when asked', async () => {
    const link = {
      status: 'failed',
      path: null,
      stats: null,
      quality: null,
      reason: null,
    } as const;
    const { room, tile } = await setup({ link });
    const button = find(tile, '[part=retry]');
    expect(button.textContent.trim()).to.equal('Try again');
    tile.addEventListener('rtc-request', (event) => event.preventDefault(), { once: true });
    button.click();
    await settle(tile);
    expect(room.calls).to.deep.equal([]);
    button.click();
    await settle(tile);
    expect(room.calls).to.deep.equal(['retryPeer("session-rahim-chowdhury")']);
    await expectAccessible(tile);
    room.set({ peers: [fakePeer('Rahim Chowdhury')] });
    await settle(tile);
    expect(tile.shadowRoot?.querySelector('[part=retry]')).to.equal(null);
  });

  it('fits that button into small tiles, next to the name', async () => {
    const link = {
      status: 'failed',
      path: null,
      stats: null,
      quality: null,
      reason: null,
    } as const;
    const { tile } = await setup({ link });
    tile.style.display = 'block';
    for (const [width, height] of [
      [411, 675],
      [298, 166],
      [220, 165],
      [94, 134],
      [94, 72],
    ] as const) {
      tile.style.width = `${width}px`;
      tile.style.height = `${height}px`;
      const outer = tile.getBoundingClientRect();
      const button = find(tile, '[part=retry]').getBoundingClientRect();
      const name = find(tile, '[part=name]').getBoundingClientRect();
      const size = `${width} x ${height}`;
      expect(button.height, size).to.be.at.least(44);
      expect(button.left, size).to.be.at.least(outer.left);
      expect(button.right, size).to.be.at.most(outer.right);
      expect(button.top, size).to.be.at.least(outer.top);
      expect(button.bottom, size).to.be.at.most(name.top);
    }
  });
});
