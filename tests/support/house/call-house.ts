/** Rooms with real calls in a house in memory. Browsers take their own time, so the clock follows them. */
import { type PrepareCall, prepareCall } from '../../../packages/core/src/call/call.js';
import type { CallSwitch } from '../../../packages/core/src/call/call-switch.js';
import { completeOptions, type RoomOptions } from '../../../packages/core/src/api/options.js';
import type { Room } from '../../../packages/core/src/api/room-api.js';
import type { MediaPort } from '../../../packages/core/src/ports.js';
import { RoomClient } from '../../../packages/core/src/room/room.js';
import { createDeferred } from '../../../packages/core/src/support/deferred.js';
import { House, type HouseOptions } from './house.js';
import { makeVideoTrack } from '../link-pair.js';

/** How much time passes at once, ms. */
const TICK_MS = 10;

/** By then it will not come, whatever the machine has to do: less than a test may take. */
const NEVER_MS = 100_000;

/** A camera called `label`, and nothing else: no prompt, no device of the machine. */
export const fakeMedia = (label: string): MediaPort => ({
  getUserMedia: async () => new MediaStream([makeVideoTrack()]),
  getDisplayMedia: () => Promise.reject(new DOMException('', 'NotAllowedError')),
  enumerateDevices: async () => [
    { deviceId: 'id', groupId: 'group', kind: 'videoinput', label, toJSON: () => ({}) },
  ],
  onDeviceChange: () => () => undefined,
});

export class CallHouse {
  readonly house: House;
  readonly #tickMs: number;
  readonly #rooms: Room[] = [];
  readonly #calls = new Map<Room, CallSwitch>();

  /** `tickMs`: how much time passes at once. More suits calls that do not wait for the browser to connect anybody. */
  constructor({ tickMs = TICK_MS, ...options }: HouseOptions & { tickMs?: number } = {}) {
    this.#tickMs = tickMs;
    this.house = new House(options);
  }

  /** What `joinRoom()` needs for this house. */
  optionsOf(name: string, options: Partial<RoomOptions> = {}): RoomOptions {
    const { clock, openSocket } = this.house;
    return {
      host: this.house.origin,
      room: this.house.name,
      name,
      audio: false,
      ...options,
      ports: { clock, openSocket, media: fakeMedia('A camera'), ...options.ports },
    };
  }

  /** A room that was made elsewhere, to be waited for and closed with the others. */
  add(room: Room): void {
    this.#rooms.push(room);
  }

  /** The call of a room that has joined. */
  callOf(room: Room): CallSwitch {
    const call = this.#calls.get(room);
    if (!call) throw new Error('this room has no call');
    return call;
  }

  /** In the room, and in its call unless `call` says otherwise. */
  async join(
    name: string,
    options: Partial<RoomOptions> = {},
    beforeJoin: (room: RoomClient) => void = () => undefined,
  ): Promise<RoomClient> {
    const prepare: PrepareCall = async (host, callOptions) => {
      const create = await prepareCall(host, callOptions);
      return () => {
        const call = create();
        this.#calls.set(room, call);
        return call;
      };
    };
    const room: RoomClient = new RoomClient(completeOptions(this.optionsOf(name, options)), {
      call: async () => prepare,
    });
    this.#rooms.push(room);
    beforeJoin(room);
    await this.during(room.join());
    return room;
  }

  /** Keeps back what peers signal to each other over the present sockets, until the result is called. */
  holdSignals(): () => void {
    const held: (() => void)[] = [];
    let isHolding = true;
    for (const pair of this.house.pairs) {
      const send = pair.clientSend.bind(pair);
      pair.clientSend = (data) => {
        const isSignal = String(data).includes('"type":"signal"');
        if (isHolding && isSignal) held.push(() => send(data));
        else send(data);
      };
    }
    return () => {
      isHolding = false;
      for (const send of held.splice(0)) send();
    };
  }

  /** Resolves once `holds()`; until then time passes as it does outside. Rejects, with its source, if it never does. */
  async until(holds: () => boolean): Promise<void> {
    const deadline = performance.now() + NEVER_MS;
    while (!holds()) {
      if (performance.now() > deadline) throw new Error(`It never came about: ${String(holds)}`);
      await this.house.advance(this.#tickMs);
      const tick = createDeferred<undefined>();
      setTimeout(() => tick.resolve(undefined), TICK_MS);
      await tick.promise;
    }
  }

  /** What comes of `promise`; until then time passes. */
  async during<T>(promise: Promise<T>): Promise<T> {
    let isSettled = false;
    const settle = (): void => {
      isSettled = true;
    };
    promise.then(settle, settle);
    await this.until(() => isSettled);
    return promise;
  }

  /** Waits until every room in the call sees every other. */
  async connect(): Promise<void> {
    await this.until(() =>
      this.#rooms.every((room) => {
        const { peers } = room.getSnapshot();
        const isComplete = peers.length >= this.#rooms.length - 1;
        return isComplete && peers.every(({ link }) => link.status === 'connected');
      }),
    );
  }

  async close(): Promise<void> {
    await Promise.all(this.#rooms.map((room) => room.leave()));
  }
}
