import { expect } from '@esm-bundle/chai';

import { type FakeCall, FakeNetwork } from '../../../../tests/support/fake-call.js';
import { CallHouse } from '../../../../tests/support/house/call-house.js';
import { outcome } from '../../../../tests/support/fake-room-context.js';
import {
  errorsOf,
  meetToMove,
  type MovingCall,
  sessionOf,
  trackOf,
  watchPeer,
} from '../../../../tests/support/house/moving-call.js';
import { makeVideoTrack } from '../../../../tests/support/link-pair.js';
import type { Room } from '../api/room-api.js';
import { RtcError } from '../state/errors.js';
import { createDeferred } from '../support/deferred.js';
import { mergeReports } from './merge-reports.js';
import type { Call, CallHost, CreateCall, DataOptions, EngineModule } from './ports.js';

/** An engine like the fake, but for what `change` gives it, with access to its host. */
const engine =
  (change: (host: CallHost, call: FakeCall) => Partial<Call>, network = new FakeNetwork()) =>
  (): Promise<EngineModule> => {
    const createCall: CreateCall = (host, options) => {
      const call = network.createCall(host, options) as FakeCall;
      return Object.defineProperties(call, Object.getOwnPropertyDescriptors(change(host, call)));
    };
    return Promise.resolve({ createCall });
  };

const impossible = (what: string): never => {
  throw new Error(what);
};

const gone = (): RtcError => new RtcError('engine-failed', 'The server is gone.');
const hearNothing: DataOptions = { onMessage: () => undefined };

/** The error code that `task` ends with. */
function codeOf(task: () => unknown): string {
  try {
    task();
    return 'none';
  } catch (error) {
    return error instanceof RtcError ? error.code : `untyped ${String(error)}`;
  }
}

/** What Ann sees of Ben did not suffer: the same picture, and no other. */
async function expectUntouched({ house, ann }: MovingCall, shown: readonly string[]) {
  expect(shown).to.deep.equal(['connected camera']);
  expect(trackOf(ann, 'camera')?.readyState).to.equal('live');
  await house.close();
}

describe('an engine that breaks the rules', () => {
  it('may say that it has ended while it is closed, and the next call goes on', async () => {
    const network = new FakeNetwork();
    const odd = engine((host, call) => {
      const close = call.close.bind(call);
      return {
        close: () => {
          host.onEnd(gone());
          close();
          host.onEnd(gone());
        },
      };
    }, network);
    const call = await meetToMove({ engines: { odd, one: new FakeNetwork().load }, engine: 'odd' });
    const codes = errorsOf(call.ann);
    await call.move('mesh');
    const shown = watchPeer(call.ann);
    await call.move('odd');
    await call.house.during(call.ann.leaveCall());
    expect(codes).to.deep.equal([]);
    expect(shown.slice(0, 1)).to.deep.equal(['connected camera']);
    expect(network.calls.size, 'only Ben is left there').to.equal(1);
    expect(mergeReports(call.house.callOf(call.ben).reports()).transports.length).to.equal(1);
    await call.house.close();
  });

  it('is no engine if it ends while it is created, and the present call goes on', async () => {
    const load = (): Promise<EngineModule> =>
      Promise.resolve({
        createCall: (host, options) => {
          const call = new FakeNetwork().createCall(host, options);
          host.onEnd(gone());
          return call;
        },
      });
    const call = await meetToMove({ engines: { odd: load } });
    const codes = errorsOf(call.ann);
    const shown = watchPeer(call.ann);
    expect(await call.house.during(outcome(call.ann.moveCall('odd')))).to.equal('engine-failed');
    expect(codes).to.deep.equal([]);
    expect(mergeReports(call.house.callOf(call.ann).reports()).transports.length).to.equal(1);
    await expectUntouched(call, shown);
  });

  it('may end again and again after it was given up', async () => {
    const network = new FakeNetwork();
    network.open = () => Promise.reject(new Error('no'));
    const call = await meetToMove({ engines: { odd: network.load } });
    const codes = errorsOf(call.ann);
    const shown = watchPeer(call.ann);
    expect(await call.house.during(outcome(call.ann.moveCall('odd')))).to.equal('engine-failed');
    const [odd] = network.made;
    odd?.host.onEnd(gone());
    odd?.host.onStatus(sessionOf(call.ben), 'failed');
    odd?.host.onTracks(sessionOf(call.ben));
    odd?.host.reportError(gone());
    expect(codes).to.deep.equal([]);
    await expectUntouched(call, shown);
  });

  it('has each source of a peer once, even if it names two tracks for it', async () => {
    const [first, second] = [makeVideoTrack(), makeVideoTrack()];
    let now = first;
    const network = new FakeNetwork();
    const odd = engine(
      () => ({ getTrack: (_, source) => (source === 'camera' ? now : null) }),
      network,
    );
    const { house, ann, ben } = await meetToMove({ engines: { odd }, engine: 'odd' });
    const heard: unknown[] = [];
    ann.addEventListener('track', ({ track }) => heard.push(track));
    const host = network.calls.get(sessionOf(ann))?.host;
    now = second;
    host?.onTracks(sessionOf(ben));
    host?.onTracks(sessionOf(ben));
    expect(ann.getSnapshot().peers[0]?.tracks).to.deep.equal({ camera: second.id });
    expect(heard).to.deep.equal([second]);
    for (const track of [first, second]) track.stop();
    await house.close();
  });

  for (const [what, getStats] of [
    ['throws', () => impossible('no statistics')],
    ['never has them', () => new Promise<never>(() => undefined)],
    ['returns nothing', () => undefined],
    ['rejects', () => Promise.reject(new Error('closed'))],
  ] as const) {
    it(`${what} when asked for statistics, and those of the other transports are shown`, async () => {
      const network = new FakeNetwork();
      network.transports = 'each';
      const odd = engine((_host, call) => {
        const report = call.report.bind(call);
        return {
          report: () => {
            const { transports, peers } = report();
            const broken = transports.map((one, index) =>
              index === 0 ? { ...one, getStats: getStats as never } : one,
            );
            const stranger = { session: 'nobody', transport: 'nowhere', tracks: {} };
            return { transports: broken, peers: [stranger, ...peers] };
          },
        };
      }, network);
      const { house, ann } = await meetToMove({ engines: { odd }, engine: 'odd' });
      await house.join('Cid', { engines: { odd }, engine: 'odd' });
      const quality = (name: string): unknown =>
        ann.getSnapshot().peers.find((peer) => peer.name === name)?.link.quality;
      await house.until(() => quality('Cid') === 'good');
      await house.house.advance(5_000);
      expect(quality('Ben')).to.equal(null);
      const { transports, peers } = await house.during(ann.diagnostics());
      expect(transports.map(({ state }) => state)).to.deep.equal(['connected', 'connected']);
      expect(peers.map(({ transport }) => transport)).to.deep.equal(['transport-1', 'transport-2']);
      await house.close();
    });
  }

  it('tells levels that are none, and nobody is heard by them', async () => {
    const levels = [Number.NaN, -1, 7, 'loud', undefined, 0.25];
    const odd = engine(() => {
      let turn = 0;
      return { levelOf: () => levels[turn++ % levels.length] as number };
    });
    const call = await meetToMove({ engines: { odd }, engine: 'odd', audio: true });
    const { house, ann, ben } = call;
    const heard = new Set<number | undefined>();
    let times = 0;
    ann.addEventListener('levels', (event) => {
      heard.add(event.levels.get(sessionOf(ben)));
      times += 1;
    });
    await house.until(() => heard.has(0.25) && times > 2 * levels.length);
    heard.delete(undefined);
    expect([...heard].sort()).to.deep.equal([0, 0.25, 1]);
    await house.close();
  });
});

describe('a data path of an engine', () => {
  it('is refused for a peer that is gone, or that never was, and those of others go on', async () => {
    const call = await meetToMove({ engine: 'one' });
    const { house, ann, ben, more } = call;
    const cid = await house.join('Cid', more);
    await house.connect();
    const shown = watchPeer(ann);
    const { data } = house.callOf(ann);
    const heard: unknown[] = [];
    house
      .callOf(ben)
      .data.open(sessionOf(ann), 'actions', { onMessage: (word) => heard.push(word) });
    const path = data.open(sessionOf(ben), 'actions', hearNothing);
    let isClosed = false;
    const lost = data.open(sessionOf(cid), 'actions', {
      ...hearNothing,
      onClose: () => (isClosed = true),
    });
    await cid.leave();
    await house.until(() => isClosed);
    for (const session of [sessionOf(cid), 'nobody', '']) {
      expect(codeOf(() => data.open(session, 'files', hearNothing))).to.equal('not-found');
    }
    expect(codeOf(() => data.open(sessionOf(ben), 'actions', hearNothing))).to.equal('conflict');
    expect(lost.send('late')).to.equal(false);
    expect(await lost.headroom()).to.equal(false);
    expect(codeOf(() => path.send(new ArrayBuffer(1_000_000)))).to.equal('message-too-large');
    expect(path.send('still here')).to.equal(true);
    await house.until(() => heard.length > 0);
    expect(heard).to.deep.equal(['still here']);
    await expectUntouched(call, shown);
  });

  for (const [what, data] of [
    [
      'cannot be opened',
      { readinessOf: () => impossible('no data'), open: () => impossible('no data') },
    ],
    [
      'cannot be used',
      {
        readinessOf: () => 'able' as const,
        open: () => ({
          send: () => impossible('closed'),
          headroom: () => Promise.reject(new Error('closed')),
          close: () => impossible('closed'),
        }),
      },
    ],
  ] as const) {
    it(`that ${what} fails with a code, and the call goes on`, async () => {
      const odd = engine(() => ({ data }));
      const call = await meetToMove({ engines: { odd }, engine: 'odd' });
      const { house, ann, ben } = call;
      const shown = watchPeer(ann);
      const open = () => house.callOf(ann).data.open(sessionOf(ben), 'actions', hearNothing);
      if (what === 'cannot be opened') expect(codeOf(open)).to.equal('engine-failed');
      else {
        const path = open();
        expect(codeOf(() => path.send('hello'))).to.equal('engine-failed');
        expect(await path.headroom()).to.equal(false);
        expect(codeOf(() => path.close())).to.equal('none');
      }
      await expectUntouched(call, shown);
    });
  }
});

describe('a move that is given up just as its engine has loaded', () => {
  /** How many microtasks may lie between the two, more than the move takes from one step to the next. */
  const TURNS = 25;
  const orders = Array.from({ length: 2 * TURNS + 1 }, (_, index) => index - TURNS);

  for (const [what, stays, after] of [
    ['by another move', ['two'], (ann: Room) => ann.moveCall('two')],
    ['by the way back', ['home'], (ann: Room) => ann.moveCall('home')],
    ['by leaving the call', [], (ann: Room) => ann.leaveCall()],
  ] as const) {
    it(`${what} leaves no call open but the one that stays`, async () => {
      const networks = { home: new FakeNetwork(), one: new FakeNetwork(), two: new FakeNetwork() };
      let loading = createDeferred<EngineModule>();
      let isAsked = false;
      const engines = {
        home: networks.home.load,
        one: () => {
          isAsked = true;
          return loading.promise;
        },
        two: networks.two.load,
      };
      const house = new CallHouse();
      const ann = await house.join('Ann', { engines, engine: 'home', video: false });
      const openCalls = (): string[] =>
        Object.entries(networks).flatMap(([name, { made }]) =>
          made.flatMap(({ calls }) => (calls.at(-1) === 'close' ? [] : name)),
        );
      for (const order of orders) {
        loading = createDeferred();
        isAsked = false;
        const first = outcome(ann.moveCall('one'));
        await house.until(() => isAsked);
        if (order < 0) loading.resolve(networks.one);
        if (order < 0) await microtasks(-order);
        const second = outcome(after(ann));
        await microtasks(order);
        // As a move does first, so that both come in the same task.
        void import('./engines.js').then(() => loading.resolve(networks.one));
        expect(await house.during(second), `the second, ${order}`).to.equal('done');
        await house.during(first);
        expect(openCalls(), `${order} microtasks`).to.deep.equal(stays);
        await house.during(ann.enterCall());
        await house.during(ann.moveCall('home'));
      }
      await house.close();
      expect(openCalls()).to.deep.equal([]);
    }).timeout(120_000);
  }
});

async function microtasks(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await Promise.resolve();
}
