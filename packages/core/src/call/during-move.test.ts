// What may happen in the middle of a move, in each direction: afterwards everybody sends and receives what they
// want, what was turned off has not been sent, and nothing is open twice.
import { expect } from '@esm-bundle/chai';

import { outcome } from '../../../../tests/support/fake-room-context.js';
import {
  DIRECTIONS,
  type Engine,
  expectInOrder,
  holdOpening,
  networkOf,
  received,
  watchMove,
  type Wish,
} from '../../../../tests/support/house/held-move.js';
import {
  errorsOf,
  meetToMove,
  type MovingCall,
  sessionOf,
} from '../../../../tests/support/house/moving-call.js';
import type { RoomOptions } from '../api/options.js';
import type { Room } from '../api/room-api.js';
import { RtcError } from '../state/errors.js';

/** A move that is under way. */
interface Moving extends MovingCall {
  readonly from: Engine;
  readonly to: Engine;
  /** Who else is there. */
  readonly others: Room[];
  /** The new engine opens, or fails to. */
  open(error?: Error): void;
}

interface Happening extends Wish {
  readonly options?: Partial<RoomOptions>;
  /** Where it can happen. Default: everywhere. */
  readonly where?: (from: Engine, to: Engine) => boolean;
  before?(call: MovingCall, others: Room[]): Promise<unknown>;
  act(call: Moving): unknown;
  /** What comes of both moves. Default `done`. */
  readonly outcomes?: readonly [ann: string, ben: string];
  readonly errors?: readonly string[];
  /** Where both are afterwards. Default: where they moved to. */
  readonly ends?: (from: Engine, to: Engine) => Engine;
  after?(call: Moving): Promise<unknown>;
}

const setMicrophone = ({ house, ben }: MovingCall, on: boolean): Promise<unknown> =>
  house.during(ben.media.setMicrophone(on));

/** Turning a held microphone on opens nothing. */
const useHeld = async (call: MovingCall): Promise<void> => {
  const { length } = call.devices.ben.opened;
  await setMicrophone(call, true);
  await call.house.until(() => received(call.ann, call.ben).includes('microphone'));
  expect(call.devices.ben.opened.length).to.equal(length);
};

const isGone = (): RtcError => new RtcError('engine-failed', 'The server is gone.');
const third = (from: Engine, to: Engine): Engine =>
  (['mesh', 'one', 'two'] as const).find((name) => name !== from && name !== to) ?? 'mesh';

const HAPPENINGS: Readonly<Record<string, Happening>> = {
  'nothing happens': { act: () => undefined },
  'a microphone is turned off': {
    act: (call) => setMicrophone(call, false),
    sends: ['camera'],
    live: ['camera-1'],
  },
  'a microphone is turned off and on again': {
    act: async (call) => {
      await setMicrophone(call, false);
      await setMicrophone(call, true);
    },
    opened: ['mic-1'],
  },
  'a host turns a microphone off': {
    act: ({ house, ann, ben }) =>
      house.during(ann.moderation.mute(sessionOf(ben), 'microphone')).then(() =>
        // The host has the answer before the other hears of it.
        house.until(() => ben.media.getTrack('microphone') === null),
      ),
    sends: ['camera'],
    live: ['camera-1'],
  },
  'a camera is turned off': {
    act: ({ house, ben }) => house.during(ben.media.setCamera(false)),
    sends: ['microphone'],
    live: ['mic-1'],
  },
  'another camera is chosen': {
    act: ({ house, ben }) => house.during(ben.media.setCamera({ deviceId: 'camera-2' })),
    live: ['camera-2', 'mic-1'],
    opened: ['camera-2'],
  },
  'a screen is shared': {
    act: ({ house, ben }) => house.during(ben.media.shareScreen()),
    sends: ['microphone', 'camera', 'screen'],
    live: ['camera-1', 'mic-1', 'screen'],
    opened: ['screen'],
  },
  'a screen is shared no longer': {
    before: ({ house, ann, ben }) =>
      house
        .during(ben.media.shareScreen())
        .then(() => house.until(() => received(ann, ben).includes('screen'))),
    act: ({ ben }) => ben.media.stopScreen(),
    opened: ['screen'],
  },
  'a microphone is turned off and held': {
    options: { holdMicrophone: true },
    act: (call) => setMicrophone(call, false),
    sends: ['camera'],
    after: useHeld,
  },
  'a microphone was held before': {
    options: { holdMicrophone: true },
    before: (call) => setMicrophone(call, false),
    act: () => undefined,
    sends: ['camera'],
    after: useHeld,
  },
  'the connection to the room breaks and comes back': {
    act: async ({ house, ben }) => {
      const session = sessionOf(ben);
      for (const pair of [...house.house.pairs]) pair.cut();
      await house.until(() => ben.getSnapshot().connection === 'reconnecting');
      await house.until(() => ben.getSnapshot().connection === 'connected');
      expect(sessionOf(ben), 'resumed').to.equal(session);
    },
  },
  'both move elsewhere': {
    act: ({ house, ann, ben, from, to }) =>
      house.during(Promise.all([ann, ben].map((room) => room.moveCall(third(from, to))))),
    outcomes: ['aborted', 'aborted'],
    ends: third,
  },
  'both turn back': {
    act: ({ house, ann, ben, from }) =>
      house.during(Promise.all([ann, ben].map((room) => room.moveCall(from)))),
    outcomes: ['aborted', 'aborted'],
    ends: (from) => from,
  },
  'a third joins': {
    act: async ({ house, more, to, others }) => {
      others.push(await house.join('Cid', { ...more, engine: to }));
    },
    after: async ({ house, ann, ben, others: [cid] }) => {
      for (const room of [ann, ben]) {
        if (!cid) throw new Error('nobody joined');
        await house.until(() => received(room, cid).length === 1 && received(cid, room).length > 1);
      }
    },
  },
  'a third leaves': {
    before: async ({ house, ann, more }, others) => {
      const cid = await house.join('Cid', more);
      others.push(cid);
      await house.until(() => received(ann, cid).length > 0 && received(cid, ann).length > 1);
    },
    act: ({ house, ann, others }) => {
      void others[0]?.leave();
      return house.until(() => ann.getSnapshot().peers.length === 1);
    },
  },
  'somebody leaves the call': {
    act: ({ house, ben, to, open }) => {
      // What somebody has signalled comes before they leave.
      if (to === 'mesh') open();
      return house.during(ben.leaveCall());
    },
    outcomes: ['done', 'aborted'],
    sends: [],
    live: [],
  },
  'the new engine cannot be opened': {
    where: (_, to) => to !== 'mesh',
    act: ({ open }) => open(new Error('no')),
    outcomes: ['engine-failed', 'engine-failed'],
    ends: (from) => from,
  },
  'the present engine ends': {
    where: (from) => from !== 'mesh',
    act: ({ one }) => one.made.forEach(({ host }) => host.onEnd(isGone())),
    errors: ['engine-failed'],
  },
  'the new engine ends': {
    where: (_, to) => to !== 'mesh',
    act: (call) => networkOf(call, call.to).made.forEach(({ host }) => host.onEnd(isGone())),
    outcomes: ['engine-failed', 'engine-failed'],
    ends: (from) => from,
  },
  'the new engine ends right after it': {
    where: (_, to) => to !== 'mesh',
    act: () => undefined,
    after: async (call) => {
      const codes = [call.ann, call.ben].map(errorsOf);
      networkOf(call, call.to).made.forEach(({ host }) => host.onEnd(isGone()));
      await expectInOrder(call, 'mesh', {});
      expect(codes).to.deep.equal([['engine-failed'], ['engine-failed']]);
    },
  },
};

for (const [from, to] of DIRECTIONS) {
  describe(`during a move from ${from} to ${to}`, () => {
    for (const [name, happening] of Object.entries(HAPPENINGS)) {
      if (happening.where?.(from, to) === false) continue;
      it(name, async () => {
        const call = await meetToMove({ engine: from, audio: true, ...happening.options });
        const { house, ann, ben } = call;
        const hasBoth = (room: Room, other: Room) => received(room, other).length === 2;
        await house.until(() => hasBoth(ann, ben) && hasBoth(ben, ann));
        const others: Room[] = [];
        await happening.before?.(call, others);
        const codes = [ann, ben].map(errorsOf);
        const { hasBegun, open } = holdOpening(call, to);
        const moves = [ann, ben].map((room) => outcome(room.moveCall(to)));
        await house.until(hasBegun);
        const moving = { ...call, from, to, others, open };
        await happening.act(moving);
        const stopWatching = watchMove(call);
        open();
        expect(await house.during(Promise.all(moves))).to.deep.equal(
          happening.outcomes ?? ['done', 'done'],
        );
        await expectInOrder(call, happening.ends?.(from, to) ?? to, happening);
        expect(stopWatching()).to.deep.equal([]);
        for (const its of codes) expect(its).to.deep.equal(happening.errors ?? []);
        await happening.after?.(moving);
        await house.close();
        const { live } = call.devices.ben;
        expect(live, 'everything is released').to.deep.equal([]);
      });
    }
  });
}
