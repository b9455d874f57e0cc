/** People of a house who send each other files and values without a call, over real connections. */
import type { RoomOptions } from '../../../packages/core/src/api/options.js';
import type { Room } from '../../../packages/core/src/api/room-api.js';
import type { Transfer } from '../../../packages/core/src/api/files-api.js';
import type { RoomClient } from '../../../packages/core/src/room/room.js';
import { seededRandom } from '../seeded-random.js';
import { CallHouse } from './call-house.js';
import type { HouseOptions } from './house.js';
import { sessionOf } from './moving-call.js';

/** Of the fake clock: enough for a link that nobody uses to be closed, ms. */
const LONG_MS = 80_000;

export interface Person {
  readonly room: RoomClient;
  readonly session: string;
  /** Every connection that was made for them, oldest first. */
  readonly connections: RTCPeerConnection[];
}

export class DataHouse extends CallHouse {
  constructor(options: HouseOptions = {}) {
    super(options);
  }

  /** Not in the call unless `call` says so. All are one user, as tabs of one browser are, but for those with `identity: 'tab'`. */
  async enter(name: string, options: Partial<RoomOptions> = {}): Promise<Person> {
    const connections: RTCPeerConnection[] = [];
    const room = await this.join(name, {
      call: false,
      video: false,
      ...options,
      ports: {
        createPeerConnection: (configuration) => {
          const connection = new RTCPeerConnection(configuration);
          connections.push(connection);
          return connection;
        },
        ...options.ports,
      },
    });
    return { room, session: sessionOf(room), connections };
  }

  /** Ann in one tab and Ben in another, as two people. */
  async meet(options: { ann?: Partial<RoomOptions>; ben?: Partial<RoomOptions> } = {}) {
    const ann = await this.enter('Ann', options.ann);
    const ben = await this.enter('Ben', { identity: 'tab', ...options.ben });
    await this.until(() => ann.room.getSnapshot().peers.length === 1);
    return { ann, ben };
  }

  /** `from` offers `file`, and `to` takes it into memory. Resolves with its id once the first byte may come. */
  async begin(from: Person, to: Person, file: File): Promise<string> {
    // They hear of it as soon as they look.
    to.room.files.subscribe(() => undefined);
    await this.during(from.room.files.offer(file, { to: to.session }));
    await this.until(() => transferOf(to.room, file.name)?.status === 'offered');
    const { id = '' } = transferOf(to.room, file.name) ?? {};
    await this.during(to.room.files.accept(id, { sink: 'memory' }));
    return id;
  }

  /** As `begin()`; resolves with what has arrived. */
  async pass(from: Person, to: Person, file: File): Promise<Uint8Array> {
    await this.begin(from, to, file);
    return this.arrival(from, to, file);
  }

  /** What has arrived, once both say so. */
  async arrival(from: Person, to: Person, file: File): Promise<Uint8Array> {
    await this.until(() =>
      [from, to].every(({ room }) => transferOf(room, file.name)?.status === 'done'),
    );
    const { id = '' } = transferOf(to.room, file.name) ?? {};
    const taken = await to.room.files.take(id);
    return new Uint8Array(await taken.arrayBuffer());
  }

  /** Nobody does anything for longer than a link is kept for. */
  async rest(ms = LONG_MS): Promise<void> {
    for (let passed = 0; passed < ms; passed += 1_000) await this.house.advance(1_000);
  }
}

/** The transfer of a file of that name, in either direction. */
export const transferOf = (room: Room, name: string): Transfer | undefined =>
  room.files.getSnapshot().find((one) => one.name === name);

/** Those that are not closed. */
export const openOf = ({ connections }: Person): readonly RTCPeerConnection[] =>
  connections.filter(({ signalingState }) => signalingState !== 'closed');

let seed = 0;

/** A file of random bytes, other ones each time. */
export function randomFile(size: number, name = `file-${seed}`): File {
  seed += 1;
  const random = seededRandom(seed);
  return new File([Uint8Array.from({ length: size }, () => random() * 256)], name);
}

export const bytesOf = async (file: File): Promise<Uint8Array> =>
  new Uint8Array(await file.arrayBuffer());
