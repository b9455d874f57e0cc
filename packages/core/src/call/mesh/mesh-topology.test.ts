import { expect } from '@esm-bundle/chai';
import { PEER_FEATURES } from '@rtc-elements/protocol';

import {
  connected,
  connectedPair,
  flows,
  makeVideoTrack,
  type Member,
  realClock,
  Wire,
} from '../../../../../tests/support/link-pair.js';

describe('MeshTopology', () => {
  it('connects two peers in one round trip, both slots both ways', async () => {
    const { wire, a, b } = await connectedPair();
    expect(b.sent.filter(({ body }) => body.description).length).to.equal(1);
    expect(a.sent.filter(({ body }) => body.description).length).to.equal(1);
    for (const { connection } of [a, b]) {
      const sections = connection.getTransceivers();
      expect(sections.map(({ currentDirection }) => currentDirection)).to.deep.equal([
        'sendrecv',
        'sendrecv',
      ]);
    }
    expect([...(a.tracks.get('b')?.keys() ?? [])]).to.deep.equal(['microphone', 'camera']);
    expect([...(b.tracks.get('a')?.keys() ?? [])]).to.deep.equal(['microphone', 'camera']);
    expect(a.connections.length + b.connections.length).to.equal(2);
    wire.close();
  });

  it('[SG-4] survives both sides starting and stopping a share in the same tick, 200 times', async function () {
    this.timeout(120_000);
    const seed = 20_261_121;
    const rejections: unknown[] = [];
    const onRejection = (event: PromiseRejectionEvent): void => void rejections.push(event.reason);
    addEventListener('unhandledrejection', onRejection);
    const { wire, a, b } = await connectedPair({ seed, maxDelayMs: 4 });
    const [mine, yours] = [makeVideoTrack(), makeVideoTrack()];
    for (let round = 0; round < 200; round += 1) {
      a.mesh.publish('screen', mine);
      b.mesh.publish('screen', yours);
      await a.until(() => a.tracks.get('b')?.has('screen') === true);
      await b.until(() => b.tracks.get('a')?.has('screen') === true);
      a.mesh.publish('screen', null);
      b.mesh.publish('screen', null);
      await a.until(() => a.tracks.get('b')?.has('screen') === false);
      await b.until(() => b.tracks.get('a')?.has('screen') === false);
    }
    await a.until(() => a.connection.signalingState === 'stable');
    await b.until(() => b.connection.signalingState === 'stable');
    expect(a.connection.getTransceivers().length, `seed ${seed}`).to.equal(4);
    expect(b.connection.getTransceivers().length, `seed ${seed}`).to.equal(4);
    expect([...a.errors, ...b.errors, ...rejections]).to.deep.equal([]);
    expect(a.connections.length + b.connections.length).to.equal(2);
    removeEventListener('unhandledrejection', onRejection);
    mine.stop();
    yours.stop();
    wire.close();
  });

  it('makes exactly 15 connections of six peers who join at once', async () => {
    const wire = new Wire(7, 5);
    const members = ['a', 'b', 'c', 'd', 'e', 'f'].map((name, i) => wire.add(name, i + 1));
    wire.announce();
    for (const member of members) {
      for (const other of members) {
        if (other === member) continue;
        await member.until(() => member.status(other.entry.session) === 'connected');
      }
      expect(member.connections.length).to.equal(5);
    }
    wire.close();
  });

  it('lets media flow both ways after glare, at every delay', async function () {
    this.timeout(120_000);
    for (const seed of [1, 2, 3]) {
      const { wire, a, b } = await connectedPair({ seed, maxDelayMs: 300 });
      const tracks = [makeVideoTrack(), makeVideoTrack()] as const;
      a.mesh.publish('screen', tracks[0]);
      b.mesh.publish('screen', tracks[1]);
      await a.until(() => a.tracks.get('b')?.has('screen') === true);
      await b.until(() => b.tracks.get('a')?.has('screen') === true);
      const [toA, toB] = [a.mesh.getTrack('b', 'screen'), b.mesh.getTrack('a', 'screen')];
      if (!toA || !toB) throw new Error(`no tracks with seed ${seed}`);
      await Promise.all([flows(a.connection, toA), flows(b.connection, toB)]);
      tracks.forEach((track) => track.stop());
      wire.close();
    }
  });

  it('restarts ICE from either side, and from both at once', async () => {
    const { wire, a, b } = await connectedPair();
    const offers = (): number =>
      [...a.sent, ...b.sent].filter(({ body }) => body.description?.type === 'offer').length;
    for (const sides of [[a], [b], [a, b]]) {
      const before = offers();
      for (const side of sides) {
        side.mesh.links.get(side === a ? 'b' : 'a')?.link.restart();
      }
      await a.until(() => offers() > before);
      const isCalm = (): boolean =>
        a.connection.signalingState === 'stable' && b.connection.signalingState === 'stable';
      await a.until(isCalm);
      await b.until(isCalm);
    }
    expect(a.connections.length + b.connections.length).to.equal(2);
    expect([...a.errors, ...b.errors]).to.deep.equal([]);
    wire.close();
  });

  it('[SG-3] applies each signal once, although all arrive twice', async () => {
    const wire = new Wire(11, 3);
    const [a, b] = [wire.add('a', 1), wire.add('b', 2)];
    for (const member of [a, b]) member.tamper = (body) => [body, body];
    wire.announce();
    await connected(a, b);
    expect(a.connections.length + b.connections.length).to.equal(2);
    expect([...a.errors, ...b.errors]).to.deep.equal([]);
    wire.close();
  });

  it('survives empty and mDNS candidates, and candidates ahead of their description', async () => {
    const { wire, a, b } = await connectedPair();
    const lines = ['', 'candidate:1 1 udp 2113937151 0f4c6c3e-0000.local 50000 typ host'];
    const candidates = lines.map((candidate) => ({ candidate, sdpMid: '0', sdpMLineIndex: 0 }));
    b.tamper = (body) => [{ ...body, candidates: [...candidates, ...(body.candidates ?? [])] }];
    b.mesh.links.get('a')?.link.restart();
    await a.until(() => a.connection.signalingState !== 'stable');
    await a.until(() => a.connection.signalingState === 'stable');
    await b.until(() => b.connection.signalingState === 'stable');
    expect(a.errors).to.deep.equal([]);
    expect(a.status('b')).to.equal('connected');
    wire.close();
  });

  it('replaces the connection when the peer begins a new epoch', async () => {
    const { wire, a, b } = await connectedPair();
    b.mesh.links.get('a')?.link.rebuild();
    await a.until(() => a.connections.length === 2 && a.status('b') === 'connected');
    await b.until(() => b.connections.length === 2 && b.status('a') === 'connected');
    expect(a.connections[0]?.connectionState).to.equal('closed');
    expect(a.statuses.get('b')).to.deep.equal([
      'connecting',
      'connected',
      'reconnecting',
      'connected',
    ]);
    wire.close();
  });

  it('[SG-4] settles on one connection when both sides begin the same new epoch', async () => {
    const { wire, a, b } = await connectedPair();
    a.mesh.links.get('b')?.link.rebuild();
    b.mesh.links.get('a')?.link.rebuild();
    await a.until(() => a.connections.length > 1 && a.status('b') === 'connected');
    await b.until(() => b.connections.length > 1 && b.status('a') === 'connected');
    for (const { connection } of [a, b]) expect(connection.getTransceivers().length).to.equal(2);
    wire.close();
  });

  it('fails the link of a peer whose description makes no sense, and no other', async () => {
    const wire = new Wire(5, 0);
    const [a, b, c] = [wire.add('a', 1), wire.add('b', 2), wire.add('c', 3)];
    b.tamper = (body) =>
      body.description ? [{ ...body, description: { type: 'offer', sdp: 'nonsense' } }] : [body];
    wire.announce();
    await a.until(() => a.status('b') === 'failed');
    await a.until(() => a.status('c') === 'connected');
    await c.until(() => c.status('a') === 'connected');
    expect(a.errors.filter(({ fatal }) => fatal).length).to.equal(1);
    wire.close();
  });

  it('[SG-5] keeps signals while the room is out of reach, and the link throughout', async () => {
    const { wire, a, b } = await connectedPair();
    const track = makeVideoTrack();
    b.online = false;
    b.mesh.publish('screen', track);
    await b.until(() => b.connection.signalingState === 'have-local-offer');
    b.mesh.reconcile(null, [], []);
    expect(b.status('a')).to.equal('connected');
    b.online = true;
    wire.announce();
    await a.until(() => a.tracks.get('b')?.has('screen') === true);
    expect(b.connections.length).to.equal(1);
    track.stop();
    wire.close();
  });

  it('[SG-5] drops a link when its peer is gone from the roster', async () => {
    const { wire, a } = await connectedPair();
    a.mesh.reconcile(a.entry, [], []);
    expect(a.status('b')).to.equal('none');
    expect(a.mesh.links.size).to.equal(0);
    wire.close();
  });

  it('says bye, so that the far side drops the link at once', async () => {
    const { wire, a, b } = await connectedPair();
    b.mesh.close();
    await a.until(() => a.status('b') === 'none');
    expect(a.connection.connectionState).to.equal('closed');
    wire.close();
  });

  it('tells what it sends over the control channel', async () => {
    const { wire, a, b } = await connectedPair();
    b.mesh.setFlags({ microphone: true, camera: false, screen: false });
    await a.until(() => a.media.length === 2);
    expect(a.media.at(-1)).to.deep.equal({ microphone: true, camera: false, screen: false });
    wire.close();
  });

  it('[LK-2] tells what it takes over the control channel', async () => {
    const { wire, a, b } = await connectedPair();
    // Whatever is said next comes after the features, as the channel is ordered.
    b.mesh.setFlags({ microphone: true, camera: false, screen: false });
    await a.until(() => a.media.length === 2);
    expect(a.mesh.links.get('b')?.link.data.features).to.deep.equal(PEER_FEATURES);
    wire.close();
  });

  it('[LK-3] sends data once both ends have their channel, and tells who waits', async () => {
    const { wire, a, b } = await connectedPair();
    const words: string[] = [];
    const note = (word: string): void => {
      words.push(word);
      wire.changed();
    };
    const options = (name: string) => ({
      onOpen: () => note(`${name} open`),
      onMessage: (data: unknown) => note(`${name} ${String(data)}`),
    });
    const path = a.mesh.data.open('b', 'actions', options('a'));
    await wire.until(() => b.mesh.data.readinessOf('a', 'actions') === 'waiting');
    expect(path.send('too early')).to.equal(false);
    expect(await path.headroom()).to.equal(false);
    expect(words).to.deep.equal([]);
    b.mesh.data.open('a', 'actions', options('b'));
    await wire.until(() => words.includes('a open'));
    expect(path.send('hello')).to.equal(true);
    await wire.until(() => words.includes('b hello'));
    expect(a.mesh.data.readinessOf('b', 'actions')).to.equal('able');
    expect(a.mesh.data.readinessOf('nobody', 'actions')).to.equal('none');
    wire.close();
  });

  it('makes its links anew under a new session of our own', async () => {
    const { wire, a, b } = await connectedPair();
    b.mesh.reconcile({ ...b.entry, session: 'z' }, [a.entry], []);
    await a.until(() => a.status('b') === 'none');
    expect(b.connections.length).to.equal(2);
    wire.close();
  });

  it('respects the cap of the mesh', async () => {
    const wire = new Wire(6, 0);
    const members = ['a', 'b', 'c'].map((name, i) => wire.add(name, i + 1, realClock, 2));
    wire.announce();
    const [a, b, c] = members as [Member, Member, Member];
    await connected(a, b);
    expect(c.connections.length).to.equal(0);
    wire.close();
  });
});
