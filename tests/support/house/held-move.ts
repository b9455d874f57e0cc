/** A move that is held in its middle, and whether everything is as it should be afterwards. */
import { type Source, SOURCES } from '@rtc-elements/protocol';
import { expect } from '@esm-bundle/chai';

import type { Room } from '../../../packages/core/src/api/room-api.js';
import { mergeReports } from '../../../packages/core/src/call/merge-reports.js';
import type { Peer } from '../../../packages/core/src/state/room-state.js';
import { createDeferred } from '../../../packages/core/src/support/deferred.js';
import type { FakeCall, FakeNetwork } from '../fake-call.js';
import {
  isOf,
  type MovingCall,
  openCalls,
  openConnections,
  sentBy,
  sessionOf,
} from './moving-call.js';

export type Engine = 'mesh' | 'one' | 'two';

/** From where to where. */
export const DIRECTIONS: readonly (readonly [Engine, Engine])[] = [
  ['mesh', 'one'],
  ['one', 'mesh'],
  ['one', 'two'],
];

/** What an engine other than the mesh runs on. */
export const networkOf = ({ one, two }: MovingCall, engine: Engine): FakeNetwork =>
  engine === 'two' ? two : one;

/** How `room` sees `other`. */
export const peerOf = (room: Room, other: Room): Peer | undefined =>
  room.getSnapshot().peers.find(({ session }) => session === sessionOf(other));

/** What `room` receives from `other`, by the snapshot. */
export const received = (room: Room, other: Room): readonly Source[] =>
  SOURCES.filter((source) => source in (peerOf(room, other)?.tracks ?? {}));

/** What `room` wants to send. */
export const wished = (room: Room): readonly Source[] =>
  SOURCES.filter((source) => room.media.getTrack(source) !== null);

/** Holds back the opening of the engine that is moved to. */
export function holdOpening(
  call: MovingCall,
  to: Engine,
): { hasBegun(): boolean; open(error?: Error): void } {
  if (to === 'mesh') {
    const release = call.house.holdSignals();
    const { ann, ben } = call.connections;
    return { hasBegun: () => ann.length > 0 && ben.length > 0, open: release };
  }
  const opened = createDeferred<undefined>();
  const network = networkOf(call, to);
  network.open = () => opened.promise;
  const open = (error?: Error): void => {
    network.open = () => Promise.resolve();
    if (error) opened.reject(error);
    else opened.resolve(undefined);
  };
  return { hasBegun: () => network.made.length === 2, open };
}

/**
 * Watches that one call reports each peer, and that nobody sends or receives what is off. The latter may take a
 * moment; from then on, every time counts at which it is not so. The result ends it, and says what was wrong.
 */
export function watchMove(call: MovingCall): () => readonly string[] {
  const wrong: string[] = [];
  const fakes = (): readonly FakeCall[] => [...call.one.made, ...call.two.made];
  const given = new Map(fakes().map((fake) => [fake, fake.given.length]));
  const settled = new Set<string>();
  const look = (): void => {
    for (const [who, room, other] of [
      ['ann', call.ann, call.ben],
      ['ben', call.ben, call.ann],
    ] as const) {
      const own = new Set(SOURCES.map((source) => room.media.getTrack(source)));
      const isSent = [...sentBy(call, who)].some((track) => !own.has(track));
      const isShown = received(other, room).some((source) => room.media.getTrack(source) === null);
      const report = mergeReports(call.house.callOf(room).reports());
      const reported = report.peers.map(({ session }) => session);
      if (new Set(reported).size < reported.length) wrong.push(`${who} has two reports of a peer`);
      if (!isSent && !isShown) settled.add(who);
      else if (settled.has(who)) wrong.push(`${who} ${isSent ? 'sends' : 'is shown with'} more`);
    }
  };
  const stops = [call.ann, call.ben].map((room) => room.subscribe(look));
  const timer = setInterval(look, 5);
  look();
  return () => {
    clearInterval(timer);
    for (const stop of stops) stop();
    const own = new Set(
      [call.ann, call.ben].flatMap((room) => SOURCES.map((source) => room.media.getTrack(source))),
    );
    const late = fakes()
      .filter(({ host }) => [call.ann, call.ben].some((room) => isOf(host, room)))
      .flatMap((fake) => fake.given.slice(given.get(fake) ?? 0));
    if (late.some((track) => !own.has(track))) wrong.push('a call was given what is off');
    return wrong;
  };
}

/** What Ben has in the end, in a call of the engine that both have ended up in. */
export interface Wish {
  /** What Ben sends. Default: microphone and camera. */
  readonly sends?: readonly Source[];
  /** Which of Ben's devices are open. Default: the first microphone and the first camera. */
  readonly live?: readonly string[];
  /** Which of them were opened after these. */
  readonly opened?: readonly string[];
}

/** Everything that is open is in use, once, and everybody receives what the others send. */
export async function expectInOrder(call: MovingCall, engine: Engine, wish: Wish): Promise<void> {
  const { house, ann, ben, devices, connections } = call;
  const { sends = ['microphone', 'camera'], live = ['camera-1', 'mic-1'], opened = [] } = wish;
  await house.until(() => received(ann, ben).join() === sends.join());
  const isAlone = ben.getSnapshot().you?.call === 0;
  if (!isAlone) await house.until(() => received(ben, ann).join() === 'microphone,camera');
  expect(wished(ben), 'what Ben wants to send').to.deep.equal(sends);
  expect(devices.ben.live, 'what Ben has open').to.deep.equal(live);
  expect(devices.ben.opened, 'what Ben has opened').to.deep.equal(['mic-1', 'camera-1', ...opened]);
  expect(devices.ann.opened).to.deep.equal(['mic-1', 'camera-1']);
  const others = (): number => ann.getSnapshot().peers.filter((peer) => peer.call > 0).length;
  for (const name of ['one', 'two'] as const) {
    const count = (): number => (name === engine ? 1 + others() : 0);
    await house.until(() => openCalls(call[name]).length === count());
  }
  // A mesh says goodbye before it closes.
  const links = (): number => (engine === 'mesh' ? others() : 0);
  await house.until(() =>
    [connections.ann, connections.ben].every((all) => openConnections(all).length === links()),
  );
  if (isAlone) return;
  await expectToReach(call, 'ann', ben);
  await expectToReach(call, 'ben', ann);
}

/** What somebody sends is what is on, and what they receive of `other` is reported once. */
async function expectToReach(call: MovingCall, who: 'ann' | 'ben', other: Room): Promise<void> {
  const { house } = call;
  const room = call[who];
  const own = wished(room).map((source) => room.media.getTrack(source));
  await house.until(() => sentBy(call, who).size === own.length);
  expect([...sentBy(call, who)], `what ${who} sends`).to.have.members(own);
  await house.until(() =>
    room.getSnapshot().peers.every(({ link }) => link.status === 'connected'),
  );
  const peer = peerOf(room, other);
  for (const source of received(room, other)) {
    const track = room.getTrack(sessionOf(other), source);
    expect(track?.readyState, `the ${source} that ${who} receives`).to.equal('live');
    expect(track?.id).to.equal(peer?.tracks[source]);
  }
  const { peers, transports } = mergeReports(house.callOf(room).reports());
  const sessions = room.getSnapshot().peers.map(({ session }) => session);
  expect(peers.map(({ session }) => session)).to.have.members(sessions);
  expect(transports.length).to.equal(openConnections(call.connections[who]).length || 1);
  const report = peers.find(({ session }) => session === sessionOf(other));
  expect(transports.map(({ id }) => id)).to.include(report?.transport);
  expect(report?.tracks).to.include(peer?.tracks);
}
