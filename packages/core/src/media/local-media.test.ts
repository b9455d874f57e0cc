import type { Source } from '@rtc-elements/protocol';
import { expect } from '@esm-bundle/chai';

import type { RtcError } from '../state/errors.js';
import type { MediaPort } from '../ports.js';
import { createDeferred } from '../support/deferred.js';
import type { LocalMediaState } from '../state/room-state.js';
import { makeVideoTrack, realClock } from '../../../../tests/support/link-pair.js';
import { browserMedia } from './browser-media-port.js';
import { LocalMedia } from './local-media.js';

/** Real devices behind a port that can be made to refuse. */
class ScriptedPort implements MediaPort {
  readonly asked: MediaStreamConstraints[] = [];
  refuse: (constraints: MediaStreamConstraints) => string | null = () => null;
  screen: () => Promise<MediaStream> = () => Promise.resolve(new MediaStream([makeVideoTrack()]));

  async getUserMedia(constraints: MediaStreamConstraints): Promise<MediaStream> {
    this.asked.push(constraints);
    const name = this.refuse(constraints);
    if (name) throw new DOMException('', name);
    return browserMedia.getUserMedia(constraints);
  }

  getDisplayMedia(): Promise<MediaStream> {
    return this.screen();
  }

  enumerateDevices = browserMedia.enumerateDevices;
  onDeviceChange = browserMedia.onDeviceChange;
}

interface Setup {
  readonly port: ScriptedPort;
  readonly media: LocalMedia;
  readonly published: [Source, MediaStreamTrack | null][];
  until(holds: (state: LocalMediaState) => boolean): Promise<void>;
}

function setup(holds = false): Setup {
  const port = new ScriptedPort();
  const published: [Source, MediaStreamTrack | null][] = [];
  const waiting = new Set<() => void>();
  const media: LocalMedia = new LocalMedia(
    port,
    realClock,
    {
      onTrack: (source, track) => void published.push([source, track]),
      onChange: () => waiting.forEach((look) => look()),
    },
    () => holds,
  );
  const until = (holds: (state: LocalMediaState) => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!holds(media.state)) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  return { port, media, published, until };
}

const codeOf = (promise: Promise<void>): Promise<string> =>
  promise.then(
    () => 'none',
    (error: unknown) => (error as RtcError).code,
  );

describe('LocalMedia', () => {
  it('asks once for both devices, and releases one that is turned off', async () => {
    const { port, media, published } = setup();
    await Promise.all([media.setMicrophone(true), media.setCamera(true)]);
    expect(port.asked.length).to.equal(1);
    expect(media.flags).to.deep.equal({ microphone: true, camera: true, screen: false });
    const camera = media.getTrack('camera');
    await media.setCamera(false);
    expect(camera?.readyState).to.equal('ended');
    expect(published.at(-1)).to.deep.equal(['camera', null]);
    expect(media.state.camera.status).to.equal('off');
    media.close();
  });

  it('opens one device when the other fails', async () => {
    const { port, media, until } = setup();
    port.refuse = ({ video }) => (video ? 'NotReadableError' : null);
    media.start(true, true);
    await until(({ microphone }) => microphone.status === 'on');
    await until(({ camera }) => camera.problem?.code === 'device-busy');
    expect(media.state.camera.status).to.equal('off');
    port.refuse = () => null;
    await media.setCamera(true);
    expect(media.state.camera.problem).to.equal(null);
    media.close();
  });

  it('rejects with the reason, and shows it', async () => {
    const { port, media } = setup();
    port.refuse = () => 'NotFoundError';
    expect(await codeOf(media.setMicrophone(true))).to.equal('device-not-found');
    expect(media.state.microphone.problem?.code).to.equal('device-not-found');
    media.close();
  });

  it('opens the default when the chosen device fails, and keeps the choice', async () => {
    const { port, media } = setup();
    port.refuse = ({ video }) =>
      JSON.stringify(video).includes('exact') ? 'OverconstrainedError' : null;
    expect(await codeOf(media.setCamera({ deviceId: 'gone' }))).to.equal('none');
    expect(media.state.camera.status).to.equal('on');
    await media.setCamera(false);
    expect(media.state.camera.deviceId).to.equal('gone');
    media.close();
  });

  it('releases the old device before it opens another, and reopens it when that fails', async () => {
    const { port, media, published } = setup();
    await media.setCamera(true);
    const old = media.getTrack('camera');
    const oldId = old?.getSettings().deviceId;
    let wasEnded = false;
    port.refuse = ({ video }) => {
      wasEnded ||= old?.readyState === 'ended';
      return JSON.stringify(video).includes('other') ? 'NotReadableError' : null;
    };
    expect(await codeOf(media.setCamera({ deviceId: 'other' }))).to.equal('device-busy');
    expect(wasEnded).to.equal(true);
    expect(media.state.camera).to.include({ status: 'on', deviceId: oldId });
    expect(published.at(-1)?.[1]).to.equal(media.getTrack('camera'));
    media.close();
  });

  it("asks for a 'muted' microphone and releases it", async () => {
    const { port, media, until } = setup();
    media.start('muted', false);
    await until(({ microphone }) => microphone.status === 'starting');
    await until(({ microphone }) => microphone.status === 'off');
    expect(port.asked.length).to.equal(1);
    expect(media.getTrack('microphone')).to.equal(null);
    media.close();
  });

  it('does not open at the start what the person has switched before', async () => {
    const { port, media } = setup();
    await media.setCamera(false);
    media.start(false, true);
    expect(media.state.camera.status).to.equal('off');
    expect(port.asked.length).to.equal(0);
    media.close();
  });

  it('falls back to the default when a device is unplugged, and reports it when there is none', async () => {
    const { port, media, until } = setup();
    await media.setCamera(true);
    const first = media.getTrack('camera');
    first?.dispatchEvent(new Event('ended'));
    await until(({ camera }) => camera.status === 'on' && camera.trackId !== first?.id);
    port.refuse = () => 'NotFoundError';
    media.getTrack('camera')?.dispatchEvent(new Event('ended'));
    await until(({ camera }) => camera.status === 'off');
    expect(media.state.camera.problem?.code).to.equal('device-unplugged');
    media.close();
  });

  it('stops a device that is still being opened when it is turned off or everything is closed', async () => {
    for (const end of ['off', 'close'] as const) {
      const { port, media, published } = setup();
      const tracks: MediaStreamTrack[] = [];
      const stopped = createDeferred<undefined>();
      const opened = new Promise<void>((resolve) => {
        const open = port.getUserMedia.bind(port);
        port.getUserMedia = async (constraints) => {
          const stream = await open(constraints);
          tracks.push(...stream.getTracks());
          for (const track of tracks) {
            const stop = track.stop.bind(track);
            track.stop = () => {
              stop();
              stopped.resolve(undefined);
            };
          }
          if (end === 'off') void media.setCamera(false);
          else media.close();
          resolve();
          return stream;
        };
      });
      const asked = codeOf(media.setCamera(true));
      await opened;
      expect(await asked).to.equal('aborted');
      await stopped.promise;
      expect(tracks.map(({ readyState }) => readyState)).to.deep.equal(['ended']);
      expect(published.filter(([, track]) => track).length).to.equal(0);
      media.close();
    }
  });

  it("shares a screen until the browser's own button ends it", async () => {
    const { media, published } = setup();
    await media.shareScreen({ hint: 'motion' });
    const track = media.getTrack('screen');
    expect(track?.contentHint).to.equal('motion');
    expect(media.flags.screen).to.equal(true);
    track?.dispatchEvent(new Event('ended'));
    expect(media.state.screen.status).to.equal('off');
    expect(published).to.deep.equal([
      ['screen', track],
      ['screen', null],
    ]);
    media.close();
  });

  it('restores the former state when the screen picker is closed', async () => {
    const { port, media } = setup();
    port.screen = () => Promise.reject(new DOMException('Permission denied', 'NotAllowedError'));
    expect(await codeOf(media.shareScreen())).to.equal('screen-cancelled');
    expect(media.state.screen).to.include({ status: 'off', problem: null });
    media.close();
  });

  for (const [what, code, ends] of [
    ['ended', 'aborted', (media: LocalMedia) => media.stopScreen()],
    ['muted by a host', 'aborted', (media: LocalMedia) => media.turnOff('screen')],
    [
      'forbidden and allowed again',
      'not-allowed',
      (media: LocalMedia) => [false, true].forEach((isAllowed) => media.allow(isAllowed)),
    ],
  ] as const) {
    for (const isShared of [false, true]) {
      it(`shares nothing that is picked after sharing was ${what}${isShared ? ', nor what was shared before' : ''}`, async () => {
        const { port, media, published } = setup();
        if (isShared) await media.shareScreen();
        const former = media.getTrack('screen');
        const asked = createDeferred<undefined>();
        const picked = createDeferred<MediaStream>();
        port.screen = () => {
          asked.resolve(undefined);
          return picked.promise;
        };
        const sharing = codeOf(media.shareScreen());
        await asked.promise;
        ends(media);
        expect(media.state.screen.status).to.equal('off');
        const late = makeVideoTrack();
        picked.resolve(new MediaStream([late]));
        expect(await sharing).to.equal(code);
        expect(late.readyState).to.equal('ended');
        if (former) expect(former.readyState).to.equal('ended');
        expect(media.getTrack('screen')).to.equal(null);
        expect(published.some(([, track]) => track === late)).to.equal(false);
        port.screen = () => Promise.resolve(new MediaStream([makeVideoTrack()]));
        await media.shareScreen();
        expect(media.state.screen.status, 'it can be shared again').to.equal('on');
        media.close();
      });
    }
  }

  it('leaves off what a host has turned off, whatever the options ask for', async () => {
    const { media, published, until } = setup();
    media.turnOff('microphone');
    media.start(true, true);
    await until(({ camera }) => camera.status === 'on');
    expect(published.map(([source]) => source)).to.not.include('microphone');
    media.close();
  });

  it('says that it was left when it is closed while a device is being opened', async () => {
    const { port, media } = setup();
    const asked = createDeferred<undefined>();
    const allowed = createDeferred<undefined>();
    port.refuse = () => {
      asked.resolve(undefined);
      return null;
    };
    const { getUserMedia } = port;
    port.getUserMedia = async (constraints) => {
      const stream = await getUserMedia.call(port, constraints);
      await allowed.promise;
      return stream;
    };
    const opening = codeOf(media.setCamera(true));
    await asked.promise;
    const waiting = codeOf(media.setMicrophone(true));
    media.close();
    allowed.resolve(undefined);
    expect([await opening, await waiting]).to.deep.equal(['aborted', 'aborted']);
  });

  it('[MO-1] sends nothing as a listener, not even what is being opened or chosen', async () => {
    const { port, media, published, until } = setup();
    let choose: (stream: MediaStream) => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      port.screen = () => {
        resolve();
        return new Promise((give) => (choose = give));
      };
    });
    const sharing = codeOf(media.shareScreen());
    await asked;
    const opening = codeOf(media.setCamera(true));
    media.allow(false);
    const picture = makeVideoTrack();
    choose(new MediaStream([picture]));
    expect(await sharing).to.equal('not-allowed');
    expect(await opening).to.equal('not-allowed');
    await until(({ camera }) => camera.status === 'off');
    expect(picture.readyState).to.equal('ended');
    expect(published.filter(([, track]) => track)).to.deep.equal([]);
    expect(await codeOf(media.setMicrophone(true))).to.equal('not-allowed');
    media.start(true, true);
    expect(media.state.microphone.status).to.equal('off');
    media.allow(true);
    expect(await codeOf(media.setMicrophone(true))).to.equal('none');
    media.close();
  });

  it('holds a microphone that is turned off, and turns it on again without another prompt', async () => {
    const { port, media, published } = setup(true);
    await media.setMicrophone(true);
    const track = media.microphone;
    await media.setMicrophone(false);
    expect(track?.readyState).to.equal('live');
    expect(media.getTrack('microphone')).to.equal(null);
    expect(media.flags.microphone).to.equal(false);
    expect(media.state.microphone.status).to.equal('off');
    await media.setMicrophone(true);
    expect(published).to.deep.equal([
      ['microphone', track],
      ['microphone', null],
      ['microphone', track],
    ]);
    expect(port.asked.length).to.equal(1);
    media.allow(false);
    expect(track?.readyState).to.equal('ended');
    media.close();
  });

  it('never turns a held microphone on by itself after it was unplugged', async () => {
    const { media, published } = setup(true);
    await media.setMicrophone(true);
    await media.setMicrophone(false);
    const track = media.microphone;
    track?.stop();
    track?.dispatchEvent(new Event('ended'));
    await media.setCamera(true);
    expect(media.getTrack('microphone')).to.equal(null);
    expect(published.filter(([source]) => source === 'microphone').length).to.equal(2);
    media.close();
  });

  it('opens the fallback when a device vanishes while it is being opened', async () => {
    const { port, media } = setup();
    const real = port.getUserMedia.bind(port);
    port.getUserMedia = async (constraints) => {
      const stream = await real(constraints);
      const isChosen = JSON.stringify(constraints).includes('exact');
      if (isChosen) stream.getTracks().forEach((track) => track.stop());
      return stream;
    };
    const { deviceId } = (await browserMedia.getUserMedia({ video: true }))
      .getTracks()[0]!
      .getSettings();
    await media.setCamera({ deviceId: deviceId ?? '' });
    expect(media.getTrack('camera')?.readyState).to.equal('live');
    media.close();
  });
});
