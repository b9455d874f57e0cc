// The members of one room, and what it costs to say something to all of them.
import { CLIENT_CAPABILITIES, encode, HEARTBEAT } from '@rtc-elements/protocol';

import { helloOf } from '../../tests/support/house/raw-client.js';
import { CountingSocket } from './counting-socket.js';

const TEXT = 'x'.repeat(200);
/** Of the frames that a witness hears, one in so many is read. */
const READ_ONE_IN = 4;
const LIMIT_MS = 60_000;
const POLL_MS = 2;
const ID = '"id":"f';
const ID_DIGITS = 9;

export interface FanOut {
  readonly framesPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export class Crowd {
  readonly members: readonly CountingSocket[];
  /** Ids are never used twice, or a room would take a message for a repeat. */
  #said = 0;

  private constructor(members: readonly CountingSocket[]) {
    this.members = members;
  }

  /** `hello`: whether the room wants to be greeted. */
  static async enter(url: string, size: number, { hello }: { hello: boolean }): Promise<Crowd> {
    const members: CountingSocket[] = [];
    for (let index = 0; index < size; index += 1) {
      members.push(hello ? await enter(url, `member ${index}`) : await CountingSocket.open(url));
    }
    return new Crowd(members);
  }

  /** A heartbeat of everybody, as a room puts out whom it has not heard for long (PR-3). */
  async beat(): Promise<void> {
    const due = this.#frames() + this.members.length;
    for (const member of this.members) member.send(HEARTBEAT);
    await until(() => this.#frames() >= due, this.members);
  }

  leave(): void {
    for (const member of this.members) member.drop();
  }

  /**
   * `messages` are said in turn by all members, `window` of them under way at any time, until
   * everybody has a frame for each: the message, or for its author the ack.
   */
  async fanOut(messages: number, window: number): Promise<FanOut> {
    const { members } = this;
    const last = members[members.length - 1];
    if (!last) throw new Error('nobody is here');
    const first = this.#said;
    this.#said += messages;
    const sentAt: number[] = [];
    const delays: number[] = [];
    const before = last.frames;
    const due = this.#frames() + messages * members.length;
    // Whoever a room tells last is the one to wait for.
    const pump = (): void => {
      while (sentAt.length < messages && sentAt.length - (last.frames - before) < window) {
        const id = String(first + sentAt.length).padStart(ID_DIGITS, '0');
        const speaker = members[sentAt.length % members.length];
        sentAt.push(performance.now());
        speaker?.send(`{"type":"chat.send","id":"f${id}","text":"${TEXT}"}`);
      }
    };
    this.#listen((id) => delays.push(performance.now() - (sentAt[id - first] ?? NaN)));
    last.onFrames = pump;
    const from = performance.now();
    pump();
    await until(() => this.#frames() >= due, this.members);
    const tookMs = performance.now() - from;
    this.#listen(null);
    last.onFrames = null;
    delays.sort((a, b) => a - b);
    const at = (share: number): number => delays[Math.floor(delays.length * share)] ?? NaN;
    const framesPerSecond = (messages * members.length * 1_000) / tookMs;
    return { framesPerSecond, p50Ms: at(0.5), p99Ms: at(0.99) };
  }

  #frames(): number {
    return this.members.reduce((sum, member) => sum + member.frames, 0);
  }

  /** Three witnesses: the first, the middle and the last that came in. */
  #listen(heard: ((id: number) => void) | null): void {
    let turn = 0;
    const read = (payload: Buffer): void => {
      turn += 1;
      const at = turn % READ_ONE_IN === 0 ? payload.indexOf(ID) : -1;
      if (at >= 0)
        heard?.(Number(payload.toString('latin1', at + ID.length, at + ID.length + ID_DIGITS)));
    };
    const { length } = this.members;
    for (const index of [0, length >> 1, length - 1]) {
      const witness = this.members[index];
      if (witness) witness.onText = heard ? read : null;
    }
  }
}

/** One member of a room that wants `hello`. */
export async function enter(url: string, name: string): Promise<CountingSocket> {
  const socket = await CountingSocket.open(url);
  await new Promise<void>((resolve, reject) => {
    socket.onText = (payload) => {
      if (payload.includes('"type":"welcome"')) resolve();
      else if (payload.includes('"type":"error"')) reject(new Error(payload.toString()));
    };
    // Who is sent as much as a bench sends must show that they read it.
    socket.send(encode(helloOf(name, { capabilities: CLIENT_CAPABILITIES })));
  });
  socket.onText = null;
  return socket;
}

/** Resolves once `isDone`; fails when one of `members` was closed. A bench may poll. */
export async function until(
  isDone: () => boolean,
  members: readonly CountingSocket[] = [],
): Promise<void> {
  const end = performance.now() + LIMIT_MS;
  while (!isDone()) {
    const gone = members.find(({ closed }) => closed !== null);
    if (gone) throw new Error(`a member was closed with ${gone.closed}`);
    if (performance.now() > end) throw new Error(`not done after ${LIMIT_MS / 1_000} s`);
    await new Promise((next) => setTimeout(next, POLL_MS));
  }
}
