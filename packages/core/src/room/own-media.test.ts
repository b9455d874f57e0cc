import type { MediaFlags, PeerEntry, Source } from '@rtc-elements/protocol';
import { expect } from '@esm-bundle/chai';

import { CallHouse } from '../../../../tests/support/house/call-house.js';
import { FakeRoomContext, outcome } from '../../../../tests/support/fake-room-context.js';
import { entry } from '../../../../tests/support/link-pair.js';
import { completeOptions, type RoomOptions } from '../api/options.js';
import { browserMedia } from '../media/browser-media-port.js';
import type { MediaPort } from '../ports.js';
import { createDeferred } from '../support/deferred.js';
import { OwnMedia } from './own-media.js';

const OFF: MediaFlags = { microphone: false, camera: false, screen: false };

/** Our media, with real devices and what they tell. */
function setUp(options: Partial<RoomOptions> = {}) {
  const room = new FakeRoomContext();
  const flags: MediaFlags[] = [];
  const published: Source[] = [];
  let repeated = 0;
  const host = {
    ports: { clock: room.clock },
    getSnapshot: room.getSnapshot,
    dispatch: room.dispatch.bind(room),
    setMediaFlags: (media: MediaFlags, again?: true) => {
      flags.push(media);
      repeated += again ? 1 : 0;
    },
  };
  const own = new OwnMedia(
    host,
    completeOptions({ room: 'test', name: 'x', host: 'localhost', ...options }),
    {
      onWanted: () => undefined,
      onTrack: (source) => void published.push(source),
      onFlags: () => undefined,
    },
  );
  const you: PeerEntry = entry('me', 1);
  return { own, room, flags, published, you, told: () => repeated };
}

/** Resolves once no device of `own` is being opened. */
async function settled(room: FakeRoomContext): Promise<void> {
  const { microphone, camera } = room.state.media;
  if (microphone.status !== 'starting' && camera.status !== 'starting') return;
  const tick = createDeferred<undefined>();
  setTimeout(() => tick.resolve(undefined), 10);
  await tick.promise;
  return settled(room);
}

describe('OwnMedia', () => {
  it('[MO-2] turns off what a host has muted, once, and reports it even if it was off', async () => {
    const { own, room, flags, you, told } = setUp();
    await own.api.setMicrophone(true);
    expect(flags.at(-1)).to.deep.equal({ ...OFF, microphone: true });
    own.obey({ ...you, muted: ['microphone', 'camera'] });
    expect(room.state.media.microphone.status).to.equal('off');
    expect(flags.at(-1)).to.deep.equal(OFF);
    expect(told()).to.equal(1);
    // The owner turns it on again before the roster has caught up.
    await own.api.setMicrophone(true);
    own.obey({ ...you, muted: ['microphone'] });
    expect(room.state.media.microphone.status).to.equal('on');
    own.obey({ ...you, muted: [] });
    own.obey({ ...you, muted: ['microphone'] });
    expect(room.state.media.microphone.status).to.equal('off');
    expect(told()).to.equal(2);
    own.close();
  });

  it('[MO-2] opens nothing that a host has muted before it was opened, until the person turns it on', async () => {
    const { own, room, published, you, told } = setUp();
    const muted = { ...you, muted: ['microphone'] } as const;
    const [first, second] = [own.start(), own.start()];
    own.obey(muted);
    expect(told()).to.equal(1);
    await Promise.all([first, second]);
    await settled(room);
    expect(published, 'muted while it was loading').to.deep.equal(['camera']);
    await own.start();
    await settled(room);
    expect(published, 'started again').to.deep.equal(['camera', 'camera']);
    own.close();
    await own.start();
    await settled(room);
    expect(published, 'left and entered again').to.not.include('microphone');
    await own.api.setMicrophone(true);
    expect(published.at(-1)).to.equal('microphone');
    own.obey({ ...you, muted: [] });
    own.obey(muted);
    own.obey({ ...you, muted: [] });
    await own.start();
    await settled(room);
    expect(room.state.media.microphone.status, 'muted since').to.equal('off');
    own.close();
  });

  for (const source of ['microphone', 'camera', 'screen'] as const) {
    it(`[MO-2] does not turn on a ${source} that a host muted after it was asked for`, async () => {
      const { own, room, you } = setUp();
      const asked = {
        microphone: () => own.api.setMicrophone(true),
        camera: () => own.api.setCamera(true),
        screen: () => own.api.shareScreen(),
      }[source]();
      own.obey({ ...you, muted: [source] });
      expect(await outcome(asked)).to.equal('aborted');
      expect(room.state.media[source].status).to.equal('off');
      own.close();
    });
  }

  it('shares no screen that was ended while it was loading', async () => {
    const { own, room } = setUp();
    const asked = outcome(own.api.shareScreen());
    own.api.stopScreen();
    expect(await asked).to.equal('aborted');
    expect(room.state.media.screen.status).to.equal('off');
    own.close();
  });

  it('[MO-1] stops sending as a listener, and refuses to start again', async () => {
    const { own, room, you } = setUp();
    await own.api.setCamera(true);
    own.obey({ ...you, role: 'listener' });
    expect(room.state.media.camera.status).to.equal('off');
    expect(await outcome(own.api.setCamera(true))).to.equal('not-allowed');
    expect(await outcome(own.api.shareScreen())).to.equal('not-allowed');
    expect(await outcome(own.api.setCamera(false))).to.equal('done');
    own.obey({ ...you, role: 'speaker' });
    expect(await outcome(own.api.setCamera(true))).to.equal('done');
    own.close();
  });

  it('[MO-1] opens nothing for somebody who became a listener while it was loading', async () => {
    const { own, room, published, you } = setUp();
    const started = own.start();
    room.welcome({ ...you, role: 'listener' });
    await started;
    await settled(room);
    expect(published).to.deep.equal([]);
    expect(await outcome(own.api.setMicrophone(true))).to.equal('not-allowed');
    own.close();
  });

  it('releases everything when it is closed, what is still being opened included, and says no more', async () => {
    const asked = createDeferred<null>();
    const allowed = createDeferred<null>();
    const done = createDeferred<null>();
    let opened: readonly MediaStreamTrack[] = [];
    const media: MediaPort = {
      ...browserMedia,
      getUserMedia: async (constraints) => {
        const stream = await browserMedia.getUserMedia(constraints);
        opened = stream.getTracks();
        for (const track of opened) {
          const stop = track.stop.bind(track);
          track.stop = () => {
            stop();
            if (opened.every(({ readyState }) => readyState === 'ended')) done.resolve(null);
          };
        }
        asked.resolve(null);
        await allowed.promise;
        return stream;
      },
    };
    const house = new CallHouse();
    const room = await house.join('Ann', { audio: true, ports: { media } });
    await house.during(asked.promise);
    const choice = outcome(room.media.setMicrophone(true));
    await house.during(room.leaveCall());
    const before = room.getSnapshot();
    allowed.resolve(null);
    expect(await choice).to.equal('aborted');
    await done.promise;
    expect(opened).to.have.length(2);
    expect(room.getSnapshot()).to.equal(before);
    expect(before.media.camera.status).to.equal('off');
    await house.close();
  });

  it('enters no call when the person leaves it while its devices load', async () => {
    const house = new CallHouse();
    const room = await house.join('Ann', { call: false });
    const entered = outcome(room.enterCall());
    await house.during(room.leaveCall());
    expect(await entered).to.equal('aborted');
    expect(room.getSnapshot().you?.call).to.equal(0);
    expect(room.media.getTrack('camera')).to.equal(null);
    await house.close();
  });
});

describe('a lobby', () => {
  it('makes no audio context before the first level is read', async () => {
    const { AudioContext: real } = window;
    const house = new CallHouse();
    const { clock } = house.house;
    const openedAt: number[] = [];
    window.AudioContext = class extends real {
      constructor() {
        super();
        openedAt.push(clock.now());
      }
    };
    const room = await house.join('Ann', { call: false, ports: { media: browserMedia } });
    await room.media.setMicrophone(true);
    const from = clock.now();
    await house.until(() => openedAt.length > 0);
    expect((openedAt[0] ?? 0) - from).to.be.at.least(100);
    await house.close();
    window.AudioContext = real;
  });
});
