import { expect } from '@esm-bundle/chai';
import { PROTOCOL_VERSION } from '@rtc-elements/protocol';

import { CallHouse, fakeMedia } from '../../../../tests/support/house/call-house.js';
import { CORE_VERSION } from '../version.js';
import { diagnose } from './diagnose.js';

/** Everything private, each in a form that would be found. */
const SECRETS = {
  ann: 'Ann-Of-The-North',
  ben: 'Ben-Of-The-South',
  text: 'what-ann-said',
  value: 'what-the-room-shares',
  key: 'a-key-of-the-room',
  meta: 'what-ann-is',
  token: 'header.what-lets-in.signature',
  device: 'A Camera Of Ann',
  turn: 'what-pays-for-a-relay',
  room: 'the-room-of-ann',
};

/** In the forms in which candidates and descriptions contain them. */
const ADDRESSES = [
  /\b\d{1,3}(\.\d{1,3}){3}\b/,
  /[0-9a-f]{1,4}(:[0-9a-f]{0,4}){4,}/i,
  /[\w-]{8,}\.local/,
];

describe('Room.diagnostics', () => {
  it('describes a call in plain data', async () => {
    const house = new CallHouse();
    const room = await house.join('Ann');
    await house.join('Ben');
    await house.connect();
    await house.until(() => room.getSnapshot().media.camera.status === 'on');
    await house.until(() => room.getSnapshot().peers[0]?.link.quality != null);
    const report = await room.diagnostics();
    expect(JSON.parse(JSON.stringify(report))).to.deep.equal(report);
    expect(report.versions).to.deep.equal({ core: CORE_VERSION, protocol: PROTOCOL_VERSION });
    expect(report.browser.userAgent).to.equal(navigator.userAgent);
    expect(report.browser.abilities).to.include({ RTCPeerConnection: true, AudioContext: true });
    expect(report.browser.codecs).to.include('video/VP8');
    expect(report.room).to.include({ connection: 'connected', inCall: true, peers: 1 });
    expect(report.media.camera).to.deep.include({ status: 'on', problem: null });
    expect(report.media.camera.track).to.include({ readyState: 'live', enabled: true });
    expect(report.media.devices).to.deep.equal({ videoinput: 1 });
    const [link] = report.transports;
    expect(link).to.include({ name: 'transport-1', state: 'connected', restarts: 0 });
    expect(report.peers[0]).to.include({
      name: 'peer-1',
      status: 'connected',
      path: 'direct',
      transport: 'transport-1',
    });
    expect(link?.pair?.local).to.include({ protocol: 'udp' });
    expect(link?.pair?.remote['candidateType']).to.be.a('string');
    expect(link?.candidates.local).not.to.deep.equal({});
    expect(link?.sends.map(({ kind }) => kind)).to.include('video');
    await house.close();
  });

  it('contains nothing private', async () => {
    const house = new CallHouse({
      room: SECRETS.room,
      iceServers: {
        issue: async () => ({
          iceServers: [
            { urls: ['turn:127.0.0.1:3478'], username: SECRETS.turn, credential: SECRETS.turn },
          ],
          ttlMs: 600_000,
        }),
      },
    });
    const ann = await house.join(SECRETS.ann, {
      token: SECRETS.token,
      meta: { what: SECRETS.meta },
      ports: { media: fakeMedia(SECRETS.device) },
    });
    const ben = await house.join(SECRETS.ben);
    await house.connect();
    await house.during(ann.chat.send(SECRETS.text));
    await house.during(ben.sharedState.set(SECRETS.key, SECRETS.value));
    await house.until(() => ann.getSnapshot().sharedState[SECRETS.key] !== undefined);
    await house.during(ann.simulate('turn-expire'));
    await ann.simulate('rebuild');
    await house.connect();
    const sessions = [ann, ben].map((room) => room.getSnapshot().you?.session ?? '');
    const users = [ann, ben].map((room) => room.getSnapshot().you?.user ?? '');
    const during = await ben.diagnostics().then(async (its) => [its, await ann.diagnostics()]);
    await ann.leave();
    await house.until(() => ben.getSnapshot().peers.length === 0);
    const text = JSON.stringify([during, await ann.diagnostics(), await ben.diagnostics()]);
    expect(text).to.include('peer-1');
    for (const secret of [...Object.values(SECRETS), ...sessions, ...users]) {
      expect(text).not.to.include(secret);
    }
    for (const address of ADDRESSES) expect(withoutVersions(text)).not.to.match(address);
    await house.close();
  });

  it('lists what has happened since the call was under way, even after it was left', async () => {
    const house = new CallHouse();
    const room = await house.join('Ann');
    const ben = await house.join('Ben');
    await house.connect();
    await house.during(import('./diagnose.js'));
    const happened = async (): Promise<string[]> =>
      (await room.diagnostics()).events.map(({ what, is }) => `${what} ${is}`);
    await house.during(room.media.setCamera(false));
    await ben.leave();
    await house.until(() => room.getSnapshot().peers.length === 0);
    await room.leave();
    const events = await happened();
    expect(events).to.include.members(['connection connected', 'call in', 'camera on']);
    const order = ['camera off', 'peer-1 gone', 'connection closed'];
    expect(events.filter((event) => order.includes(event))).to.deep.equal(order);
    expect((await room.diagnostics()).room.left).to.equal('left');
    await house.close();
  });

  it('needs no call, and starts none', async () => {
    const house = new CallHouse();
    const room = await house.join('Ann', { call: false });
    await house.join('Ben', { call: false });
    const report = await room.diagnostics();
    expect(report.transports).to.deep.equal([]);
    expect(report.peers).to.have.length(1);
    expect(report.peers[0]?.transport).to.equal(null);
    expect(report.room).to.include({ inCall: false, peers: 1, role: 'host' });
    expect(report.media.camera).to.deep.equal({ status: 'off', problem: null, track: null });
    await house.close();
  });
});

/** A user agent contains version numbers that look like addresses. */
const withoutVersions = (text: string): string => text.replaceAll(navigator.userAgent, '');

describe('the version in a report', () => {
  it('is that of the package', async () => {
    const manifest = await fetch('/packages/core/package.json');
    expect(CORE_VERSION).to.equal((await manifest.json()).version);
    expect(diagnose).to.be.a('function');
  });
});
