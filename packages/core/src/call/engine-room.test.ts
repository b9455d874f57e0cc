// A room on an engine from the start, by the public functions alone: nothing in it may need a mesh.
import { expect } from '@esm-bundle/chai';

import { FakeNetwork } from '../../../../tests/support/fake-call.js';
import { outcome } from '../../../../tests/support/fake-room-context.js';
import { CallHouse } from '../../../../tests/support/house/call-house.js';
import { CountedDevices } from '../../../../tests/support/house/counted-devices.js';
import { sessionOf, trackOf } from '../../../../tests/support/house/moving-call.js';
import type { Room } from '../api/room-api.js';
import { joinRoom } from '../create-room.js';
import type { Peer } from '../state/room-state.js';

/** Ann, Ben and Cid in a call on one fake network. */
async function meet(transports: FakeNetwork['transports']) {
  const house = new CallHouse();
  const network = new FakeNetwork();
  network.transports = transports;
  network.faults = ['rebuild'];
  const events: string[] = [];
  const join = async (name: string): Promise<Room> => {
    const options = house.optionsOf(name, {
      audio: true,
      engines: { fake: network.load },
      engine: 'fake',
      ports: { media: new CountedDevices(), createPeerConnection: refuse },
    });
    const room = await house.during(joinRoom(options));
    house.add(room);
    return room;
  };
  const ann = await join('Ann');
  ann.addEventListener('peer-join', ({ peer }) => events.push(`join ${peer.name}`));
  ann.addEventListener('peer-leave', ({ peer }) => events.push(`leave ${peer.name}`));
  ann.addEventListener('track', ({ peer, source, track }) =>
    events.push(`${track ? 'track' : 'no track'} ${peer.name} ${source}`),
  );
  ann.addEventListener('quality', ({ peer, quality, reason }) =>
    events.push(`${quality} ${peer.name} ${reason}`),
  );
  ann.addEventListener('error', ({ error }) => events.push(`error ${error.code}`));
  const ben = await join('Ben');
  const cid = await join('Cid');
  const call = (room: Room) => network.calls.get(sessionOf(room));
  const isComplete = ({ link, tracks }: Peer): boolean =>
    link.status === 'connected' && Object.keys(tracks).length === 2;
  await house.until(() =>
    [ann, ben, cid].every((room) => room.getSnapshot().peers.filter(isComplete).length === 2),
  );
  return { house, network, events, ann, ben, cid, call };
}

const refuse = (): never => {
  throw new Error('an engine needs no peer connection of ours');
};

const peerOf = (room: Room, name: string): Peer | undefined =>
  room.getSnapshot().peers.find((peer) => peer.name === name);

for (const transports of ['shared', 'each'] as const) {
  describe(`a room on an engine, with ${transports === 'shared' ? 'one transport for everybody' : 'a transport for each peer'}`, () => {
    it('shows and plays everybody, and tells of each once', async () => {
      const { house, events, ann, cid, call, ben } = await meet(transports);
      for (const name of ['Ben', 'Cid']) {
        const peer = peerOf(ann, name);
        expect(peer?.link.status).to.equal('connected');
        for (const source of ['microphone', 'camera'] as const) {
          expect(trackOf(ann, source, name)?.readyState).to.equal('live');
          expect(trackOf(ann, source, name)?.id).to.equal(peer?.tracks[source]);
        }
      }
      expect(trackOf(ann, 'camera', 'Ben')).not.to.equal(trackOf(ann, 'camera', 'Cid'));
      await house.during(ben.media.shareScreen());
      await house.until(() => peerOf(ann, 'Ben')?.tracks.screen !== undefined);
      ann.show(sessionOf(ben), 'screen', { width: 1_280, height: 720 });
      expect(call(ann)?.shown.get(`${sessionOf(ben)} screen`)).to.deep.equal({
        width: 1_280,
        height: 720,
      });
      ben.media.stopScreen();
      await house.until(() => peerOf(ann, 'Ben')?.tracks.screen === undefined);
      await cid.leave();
      await house.until(() => ann.getSnapshot().peers.length === 1);
      const sources = ['microphone', 'camera'];
      for (const name of ['Ben', 'Cid']) {
        expect(events.filter((event) => event === `join ${name}`).length).to.equal(1);
        for (const source of sources) {
          expect(events.filter((event) => event === `track ${name} ${source}`).length).to.equal(1);
        }
      }
      expect(events).to.include.members(['no track Ben screen', 'leave Cid']);
      expect(events.filter((event) => event.startsWith('error'))).to.deep.equal([]);
      await house.close();
    });

    it('says how each peer does, by what is theirs in the statistics', async () => {
      const { house, network, events, ann, ben } = await meet(transports);
      const stats = (name: string) => peerOf(ann, name)?.link.stats;
      await house.until(() => stats('Ben') != null && stats('Cid') != null);
      network.loss.set(sessionOf(ben), 0.2);
      await house.house.advance(5_000);
      expect(peerOf(ann, 'Ben')?.link).to.include({ quality: 'poor', path: 'direct' });
      expect(peerOf(ann, 'Cid')?.link).to.include({ quality: 'good', path: 'direct' });
      expect(stats('Ben')?.loss).to.be.closeTo(0.2, 0.001);
      expect(stats('Cid')?.loss).to.equal(0);
      expect(stats('Cid')).to.deep.include({ rttMs: 20, transport: 'udp' });
      expect(stats('Cid')?.pictureIn).to.deep.equal({ width: 640, height: 360, fps: 30 });
      const told = events.filter((event) => /^(good|poor)/.test(event));
      expect(told).to.deep.equal(['good Ben null', 'good Cid null', 'poor Ben far-end']);
      network.loss.clear();
      await house.house.advance(15_000);
      expect(peerOf(ann, 'Ben')?.link.quality).to.equal('good');
      await house.close();
    });

    it('hears everybody, and sees who speaks', async () => {
      const { house, network, ann, ben, cid } = await meet(transports);
      const heard = new Map<string, number>();
      ann.addEventListener('levels', ({ levels }) => {
        for (const [session, level] of levels) heard.set(session, level);
      });
      await house.until(() => peerOf(ann, 'Ben')?.speaking === true);
      expect(heard.get(sessionOf(ben))).to.equal(0.5);
      expect(heard.get(sessionOf(cid))).to.equal(0.5);
      expect([...heard.keys()]).to.include(sessionOf(ann));
      network.level = 0;
      await house.house.advance(2_000);
      expect(peerOf(ann, 'Ben')?.speaking).to.equal(false);
      await house.close();
    });

    it('is described by diagnostics as it is', async () => {
      const { house, ann } = await meet(transports);
      const report = await house.during(ann.diagnostics());
      const names = report.transports.map(({ name, state }) => `${name} ${state}`);
      const isShared = transports === 'shared';
      expect(names).to.deep.equal(
        isShared ? ['transport-1 connected'] : ['transport-1 connected', 'transport-2 connected'],
      );
      expect(report.peers.map(({ name, transport }) => `${name} ${transport}`)).to.deep.equal([
        'peer-1 transport-1',
        isShared ? 'peer-2 transport-1' : 'peer-2 transport-2',
      ]);
      expect(report.transports[0]?.receives.length).to.equal(isShared ? 4 : 2);
      expect(report.transports[0]?.pair?.local).to.include({ protocol: 'udp' });
      const sessions = ann.getSnapshot().peers.map(({ session }) => session);
      for (const session of sessions) expect(JSON.stringify(report)).not.to.include(session);
      await house.close();
    });
  });
}

describe('a room on an engine', () => {
  it('simulates the faults that the engine has, and no others', async () => {
    const { house, ann, call } = await meet('shared');
    await house.during(ann.simulate('rebuild'));
    expect(call(ann)?.caused).to.deep.equal(['rebuild']);
    for (const fault of ['ice-fail', 'turn-expire'] as const) {
      expect(await house.during(outcome(ann.simulate(fault)))).to.equal('not-found');
    }
    const before = ann.media.getTrack('camera');
    await house.during(ann.simulate('device-lost'));
    await house.until(() => ann.getSnapshot().media.camera.status === 'on');
    expect(ann.media.getTrack('camera')).not.to.equal(before);
    expect(call(ann)?.published.camera).to.equal(ann.media.getTrack('camera'));
    await house.close();
  });

  it('tries again to reach a peer, and shows what the engine says of them', async () => {
    const { house, ann, ben, call } = await meet('shared');
    call(ann)?.setStatus(sessionOf(ben), 'failed');
    expect(peerOf(ann, 'Ben')?.link).to.include({ status: 'failed', quality: null });
    ann.retryPeer(sessionOf(ben));
    expect(call(ann)?.calls.at(-1)).to.equal(`restart ${sessionOf(ben)}`);
    call(ann)?.setStatus(sessionOf(ben), 'connected');
    expect(peerOf(ann, 'Ben')?.link.status).to.equal('connected');
    expect(peerOf(ann, 'Cid')?.link.status).to.equal('connected');
    await house.close();
  });

  it('begins anew with a new session, and after the call was left and entered again', async () => {
    const { house, network, ann, ben } = await meet('shared');
    await house.during(ann.leaveCall());
    await house.until(() => peerOf(ben, 'Ann')?.link.status === 'none');
    expect(network.calls.size).to.equal(2);
    await house.during(ann.enterCall());
    await house.connect();
    await house.until(() => trackOf(ben, 'camera', 'Ann')?.readyState === 'live');
    const before = sessionOf(ann);
    // Everybody is given up and comes back as somebody new.
    for (const pair of [...house.house.pairs]) pair.cut();
    house.house.isReachable = false;
    await house.house.advance(60_000);
    house.house.isReachable = true;
    await house.until(() => sessionOf(ann) !== before && ann.getSnapshot().peers.length === 2);
    await house.connect();
    await house.until(() => trackOf(ann, 'camera', 'Ben')?.readyState === 'live');
    await house.close();
  });
});
