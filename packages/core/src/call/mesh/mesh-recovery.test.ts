import { expect } from '@esm-bundle/chai';

import { FakeClock } from '../../../../../tests/support/fake-clock.js';
import {
  connected,
  connectedPair,
  earlyOfferOf,
  entry,
  makeVideoTrack,
  type Member,
  Wire,
} from '../../../../../tests/support/link-pair.js';

/** Resolves once the two are connected; the candidates of `one` wait for its clock. */
async function connect(one: Member, other: Member, clock: FakeClock): Promise<void> {
  const gathered = (): boolean => one.connection.iceGatheringState === 'complete';
  await one.until(() => one.connections.length > 0 && gathered());
  clock.advance(20);
  for (const { connection } of [one, other]) {
    await one.until(() => connection.connectionState === 'connected');
  }
}

/** `one` begins a new epoch, but its offer does not arrive. */
async function loseOffer(one: Member, session: string): Promise<void> {
  const { tamper } = one;
  one.tamper = () => [];
  one.mesh.links.get(session)?.link.rebuild();
  await one.until(() => one.connection.iceGatheringState === 'complete');
  one.tamper = tamper;
}

/** Resolves once the browser has made some descriptions, those that were asked for before included. */
async function settled(other: RTCPeerConnection): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await other.createOffer();
}

describe('MeshTopology, when links fail', () => {
  it('[SG-5] repeats an offer that is not answered', async () => {
    const clock = new FakeClock();
    const wire = new Wire(8, 0);
    const [a, b] = [wire.add('a', 1), wire.add('b', 2, clock)];
    b.tamper = () => [];
    wire.announce();
    await b.until(() => b.connection.iceGatheringState === 'complete');
    b.tamper = (body) => [body];
    clock.advance(5_000);
    await connected(a, b);
    expect(b.connections.length).to.equal(1);
    wire.close();
  });

  it('[SG-5] repeats it a round trip after the room or the peer is back', async () => {
    const clock = new FakeClock();
    const wire = new Wire(8, 0);
    const [a, b] = [wire.add('a', 1), wire.add('b', 2, clock)];
    b.tamper = () => [];
    wire.announce();
    await b.until(() => b.connection.iceGatheringState === 'complete');
    b.tamper = (body) => [body];
    const offers = (): number => b.sent.filter(({ body }) => body.description).length;
    const before = offers();
    b.mesh.reconcile(b.entry, [a.entry], []);
    await b.until(() => b.connection.signalingState === 'have-local-offer');
    expect(offers(), 'its answer may be under way').to.equal(before);
    clock.advance(1_000);
    await connected(a, b);
    wire.close();
  });

  it('[SG-3] repeats an offer to a peer whose own offer shows that it never arrived', async () => {
    const clock = new FakeClock();
    const wire = new Wire(8, 0);
    const [a, b] = [wire.add('a', 1), wire.add('b', 2, clock)];
    wire.announce();
    await connect(b, a, clock);
    await loseOffer(b, 'a');
    a.mesh.links.get('b')?.link.restart();
    await a.until(() => a.sent.at(-1)?.body.description?.type === 'offer');
    await clock.advanceAsync(1_000);
    await a.until(() => a.connections.length === 2 && a.connection.connectionState === 'connected');
    await b.until(() => b.connection.connectionState === 'connected');
    expect(b.connections.length).to.equal(2);
    wire.close();
  });

  it('[EN-6] does not decline the restart of a link that began early', async () => {
    const clock = new FakeClock();
    const wire = new Wire(3, 0);
    const [a, b] = [wire.add('a', 1, clock), wire.add('b', 2)];
    a.mesh.reconcile(a.entry, [], []);
    const early = await earlyOfferOf(b);
    wire.deliver('a', { type: 'signal', from: 'b', epoch: 1, n: 0, ...early });
    b.mesh.assignEarlyOffer('a');
    wire.announce();
    await connect(a, b, clock);
    await loseOffer(a, 'b');
    b.mesh.links.get('a')?.link.restart();
    await b.until(() => b.sent.at(-1)?.body.description?.type === 'offer');
    await clock.advanceAsync(1_000);
    await b.until(() => b.connections.length === 2 && b.connection.connectionState === 'connected');
    expect(a.sent.filter(({ body }) => body.decline)).to.deep.equal([]);
    wire.close();
  });

  it('[SG-6] settles on one agreement, however often colliding offers are repeated', async function () {
    this.timeout(120_000);
    for (let seed = 1; seed <= 10; seed += 1) {
      const { wire, a, b } = await connectedPair({ seed, maxDelayMs: 40 });
      for (const { connection, mesh } of [a, b]) {
        connection.addEventListener('signalingstatechange', () =>
          mesh.links.forEach(({ link }) => link.repeat()),
        );
      }
      const tracks = [makeVideoTrack(), makeVideoTrack()] as const;
      a.mesh.publish('screen', tracks[0]);
      b.mesh.publish('screen', tracks[1]);
      const isDone = (): boolean =>
        [a, b].every(({ connection }) => connection.signalingState === 'stable') &&
        [a.tracks.get('b'), b.tracks.get('a')].every((got) => got?.has('screen'));
      await a.until(isDone);
      expect([...a.errors, ...b.errors], `seed ${seed}`).to.deep.equal([]);
      expect(a.connections.length + b.connections.length).to.equal(2);
      tracks.forEach((track) => track.stop());
      wire.close();
    }
  });

  it('[SG-6] repeats an answer that was lost, and applies no offer twice', async () => {
    const wire = new Wire(5, 0);
    const [a, b] = [wire.add('a', 1), wire.add('b', 2)];
    a.tamper = (body) => (body.description ? [] : [body]);
    wire.announce();
    await a.until(() => a.connection.iceGatheringState === 'complete');
    a.tamper = (body) => [body];
    const { connection } = a;
    let changes = 0;
    connection.addEventListener('signalingstatechange', () => (changes += 1));
    b.mesh.links.get('a')?.link.repeat();
    await b.until(() => b.status('a') === 'connected');
    await a.until(() => a.status('b') === 'connected');
    expect(changes).to.equal(0);
    wire.close();
  });

  it('restarts, rebuilds and in the end gives up on a peer that never answers', async () => {
    const clock = new FakeClock();
    const wire = new Wire(9, 0);
    const b = wire.add('b', 2, clock);
    b.mesh.reconcile(b.entry, [entry('a', 1)], []);
    await clock.advanceAsync(200_000);
    await b.until(() => b.status('a') === 'failed');
    expect(b.connections.length).to.equal(3);
    expect(b.errors.filter(({ fatal }) => fatal).length).to.equal(1);
    wire.close();
  });

  it('tries a peer that was given up again when asked, with all steps (24)', async () => {
    const clock = new FakeClock();
    const wire = new Wire(9, 0);
    const [a, b] = [wire.add('a', 1), wire.add('b', 2, clock)];
    b.tamper = () => [];
    b.mesh.reconcile(b.entry, [a.entry], []);
    await clock.advanceAsync(200_000);
    await b.until(() => b.status('a') === 'failed');
    b.tamper = (body) => [body];
    a.mesh.reconcile(a.entry, [b.entry], []);
    b.mesh.retry('a');
    await connected(a, b);
    wire.close();
  });

  it('restarts every link when the network is back, and none while it is gone (16, 26)', async () => {
    const { wire, a, b } = await connectedPair();
    const offers = (): number =>
      [...a.sent, ...b.sent].filter(({ body }) => body.description?.type === 'offer').length;
    const before = offers();
    dispatchEvent(new Event('offline'));
    b.connection.dispatchEvent(new Event('connectionstatechange'));
    expect(offers()).to.equal(before);
    dispatchEvent(new Event('online'));
    await a.until(() => offers() > before);
    const isCalm = (): boolean =>
      [a, b].every(({ connection }) => connection.signalingState === 'stable');
    await b.until(isCalm);
    expect(a.connections.length + b.connections.length).to.equal(2);
    wire.close();
  });

  it('[EN-8] reports refused credentials once, and restarts links without a path when there are others', async () => {
    const wire = new Wire(10, 0);
    const [a, b] = [wire.add('a', 1), wire.add('b', 2)];
    const peers = [a.entry, entry('ghost', 3)];
    b.mesh.reconcile(b.entry, peers, []);
    a.mesh.reconcile(a.entry, [b.entry], []);
    await b.until(() => b.status('a') === 'connected');
    const restarted: RTCPeerConnection[] = [];
    for (const pc of b.connections) {
      pc.restartIce = () => void restarted.push(pc);
      for (const errorCode of [701, 401, 401]) {
        const error = Object.assign(new Event('icecandidateerror'), { errorCode });
        pc.onicecandidateerror?.(error as RTCPeerConnectionIceErrorEvent);
      }
    }
    expect(b.refusals).to.equal(1);
    const iceServers = [{ urls: ['stun:127.0.0.1:3478'] }];
    b.mesh.reconcile(b.entry, peers, iceServers);
    const idle = b.connections.filter(({ connectionState }) => connectionState !== 'connected');
    expect(idle).to.have.length(1);
    expect(restarted).to.deep.equal(idle);
    for (const pc of b.connections) {
      expect(pc.getConfiguration().iceServers?.[0]?.urls).to.deep.equal(['stun:127.0.0.1:3478']);
    }
    b.mesh.reconcile(b.entry, peers, [{ urls: ['stun:127.0.0.1:3479'] }]);
    expect(restarted, 'new servers alone are for the next restart').to.deep.equal(idle);
    wire.close();
  });

  it('24: gives up in five minutes where no path is possible, on both sides and for good', async function () {
    this.timeout(120_000);
    const other = new RTCPeerConnection();
    for (const aheadMs of [0, 3_000, 5_000, 9_500]) {
      const clocks = [new FakeClock(), new FakeClock()] as const;
      const wire = new Wire(11, 0, { relayOnly: true });
      const [a, b] = [wire.add('a', 1, clocks[0]), wire.add('b', 2, clocks[1])];
      wire.announce();
      await clocks[1].advanceAsync(aheadMs);
      const haveFailed = (): boolean => a.status('b') === 'failed' && b.status('a') === 'failed';
      const wait = async (seconds: number, isOver: () => boolean): Promise<number> => {
        for (let second = 0; second < seconds; second += 1) {
          if (isOver()) return second;
          for (const clock of clocks) await clock.advanceAsync(1_000);
          await settled(other);
        }
        return seconds;
      };
      expect(await wait(900, haveFailed), `${aheadMs} ms apart`).to.be.below(300);
      await wait(300, () => !haveFailed());
      expect(haveFailed(), `${aheadMs} ms apart`).to.equal(true);
      wire.close();
    }
    other.close();
  });
});
