// Core's real room, in a house in memory, with a call that connects nobody.
import { completeOptions, type RoomOptions } from '../../../packages/core/src/api/options.js';
import { createPrepareCall } from '../../../packages/core/src/call/call.js';
import { RoomClient } from '../../../packages/core/src/room/room.js';
import { FakeCall } from '../fake-call.js';
import { House } from './house.js';

/** A room and the calls that it made, the present one last. */
export interface HouseRoom {
  readonly house: House;
  readonly room: RoomClient;
  readonly calls: readonly FakeCall[];
}

/** Not joined yet. Chat only unless `call` says otherwise, and with devices only once the test opens them. */
export function createHouseRoom(
  house = new House(),
  options: Partial<RoomOptions> = {},
): HouseRoom {
  const calls: FakeCall[] = [];
  const room = new RoomClient(
    completeOptions({
      host: house.origin,
      room: house.name,
      name: 'Me',
      call: false,
      audio: false,
      video: false,
      ...options,
      ports: { clock: house.clock, openSocket: house.openSocket, ...options.ports },
    }),
    {
      call: async () =>
        createPrepareCall((host, complete) => {
          const call = new FakeCall(host, complete);
          calls.push(call);
          return call;
        }),
    },
  );
  return { house, room, calls };
}

/** Joined, with everything gone round. */
export async function joinHouseRoom(
  house = new House(),
  options: Partial<RoomOptions> = {},
): Promise<HouseRoom> {
  const made = createHouseRoom(house, options);
  const joined = made.room.join();
  await house.settle();
  await joined;
  return made;
}

/** The texts on show, in order; a pending one in brackets. */
export const textsOf = (room: RoomClient): string[] =>
  room
    .getSnapshot()
    .chat.entries.map(({ text, status }) => (status === 'sent' ? text : `[${text}]`));

/** The names of everybody else. */
export const namesOf = (room: RoomClient): string[] =>
  room.getSnapshot().peers.map(({ name }) => name);
