// Every way in which a stay ends, and every way in which none begins: `leave` once, or never.
import { expect } from '@esm-bundle/chai';
import { CLOSE } from '@rtc-elements/protocol';

import type { RoomClient } from '../../packages/core/src/room/room.js';
import type { LeaveReason } from '../../packages/core/src/state/room-state.js';
import { House, type HouseOptions } from '../support/house/house.js';
import { createHouseRoom } from '../support/house/house-room.js';
import type { RawClient } from '../support/house/raw-client.js';

interface Stay {
  readonly house: House;
  readonly room: RoomClient;
  /** Somebody else, who was there first and is the host. */
  readonly ann: RawClient;
  readonly abort: AbortController;
}

/** Whether the way is tried by somebody who is in, or by somebody who asks to join. */
interface Way {
  readonly end: (stay: Stay) => unknown;
  readonly reason: LeaveReason | null;
  readonly house?: HouseOptions;
  /** Before the room is joined. */
  readonly prepare?: (stay: Stay) => unknown;
}

const sessionOf = ({ room }: Stay): string => room.getSnapshot().you?.session ?? '';
const userOf = ({ room }: Stay): string => room.getSnapshot().you?.user ?? '';
const closeBy =
  (code: number) =>
  ({ house }: Stay): unknown =>
    house.pairs.at(-1)?.close(code, '');
const lock = async ({ ann }: Stay): Promise<void> => {
  await ann.ask({ type: 'moderate', action: 'lock', on: true });
};

const STAYS: Readonly<Record<string, Way>> = {
  'it is left': { end: ({ room }) => room.leave(), reason: 'left' },
  'it is left twice': {
    end: ({ room }) => Promise.all([room.leave(), room.leave()]),
    reason: 'left',
  },
  'it is left while the room cannot be reached': {
    end: async (stay) => {
      stay.house.isReachable = false;
      closeBy(1006)(stay);
      await stay.house.settle();
      return stay.room.leave();
    },
    reason: 'left',
  },
  'a host removes': {
    end: (stay) => stay.ann.ask({ type: 'moderate', action: 'remove', session: sessionOf(stay) }),
    reason: 'removed',
  },
  'a host bans': {
    end: (stay) => stay.ann.ask({ type: 'moderate', action: 'ban', user: userOf(stay) }),
    reason: 'banned',
  },
  'a host ends it for everybody': {
    end: ({ ann }) => ann.ask({ type: 'moderate', action: 'close' }),
    reason: 'room-closed',
  },
  'the token expires': { end: closeBy(CLOSE.auth), reason: 'token-expired' },
  'it goes on elsewhere': { end: closeBy(CLOSE.replaced), reason: 'replaced' },
  'the room does not understand': { end: closeBy(CLOSE.badMessage), reason: 'network' },
  'a break ends, and it is left': {
    end: async (stay) => {
      closeBy(1006)(stay);
      await stay.house.advance(5_000);
      return stay.room.leave();
    },
    reason: 'left',
  },
};

const NO_STAYS: Readonly<Record<string, Way>> = {
  'is left before it was joined': { end: ({ room }) => room.leave(), reason: null },
  'is full': {
    house: { limits: { members: 1 } },
    end: ({ room }) => room.join().catch(() => undefined),
    reason: null,
  },
  'cannot be reached, until somebody goes': {
    prepare: ({ house }) => (house.isReachable = false),
    end: async ({ room, house }) => {
      void room.join().catch(() => undefined);
      await house.advance(30_000);
      return room.leave();
    },
    reason: null,
  },
  'is not awaited any longer': {
    end: ({ room, abort }) => {
      void room.join({ signal: abort.signal }).catch(() => undefined);
      abort.abort();
    },
    reason: null,
  },
  'is locked, and somebody goes from the waiting room': {
    prepare: lock,
    end: async ({ room, house }) => {
      void room.join().catch(() => undefined);
      await house.settle();
      expect(room.getSnapshot().connection).to.equal('waiting');
      return room.leave();
    },
    reason: null,
  },
  'is locked, and nobody lets them in': {
    prepare: lock,
    end: async (stay) => {
      void stay.room.join().catch(() => undefined);
      await stay.house.settle();
      closeBy(CLOSE.locked)(stay);
    },
    reason: null,
  },
};

/** What was told of a room whose end was tried, and how it ended. */
async function tell(way: Way, isInside: boolean): Promise<readonly string[]> {
  const house = new House(way.house);
  const ann = house.client();
  await ann.join('Ann');
  const { room } = createHouseRoom(house);
  const stay: Stay = { house, room, ann, abort: new AbortController() };
  const told: string[] = [];
  room.addEventListener('leave', ({ reason }) => told.push(reason));
  await way.prepare?.(stay);
  if (isInside) {
    const joined = room.join();
    await house.settle();
    await joined;
  }
  const ending = way.end(stay);
  await house.advance(60_000);
  await ending;
  await room.leave();
  await house.advance(60_000);
  expect(room.getSnapshot().connection).to.equal('closed');
  return told;
}

describe('a stay', () => {
  for (const [name, way] of Object.entries(STAYS)) {
    it(`has one end when ${name}`, async () => {
      expect(await tell(way, true)).to.deep.equal([way.reason]);
    });
  }

  for (const [name, way] of Object.entries(NO_STAYS)) {
    it(`has none if the room ${name}`, async () => {
      expect(await tell(way, false)).to.deep.equal([]);
    });
  }
});
