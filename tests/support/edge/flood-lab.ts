/**
 * Measures what an attack does to a room: the memory of its process, and how soon a victim's ping is answered.
 *
 * Memory is `VmRSS` of the one workerd. It contains garbage, and V8 gives memory back late, so a flood is first let
 * loose on a room in which everybody reads: that takes workerd to the size that the work needs, with nothing left to be
 * sent. What counts is how much larger it becomes when the same is done and nobody reads. "Before" is the smallest of
 * several seconds without work, "during" the largest of all samples.
 */
import { startRoom } from '../../../bench/support/room.js';
import { Edge, type Host } from './edge.js';
import { FloodMember } from './flood-member.js';
import { fillHistory, type Flood, type FloodCast, gather } from './floods.js';
import { newWorkerd, residentMiB, ownWorkerds } from './workerd-process.js';

const SAMPLE_MS = 50;
const PING_MS = 50;
const IDLE_MS = 2_000;

export interface FloodResult {
  readonly name: string;
  readonly beforeMiB: number;
  readonly duringMiB: number;
  readonly pingP50Ms: number;
  readonly pingP99Ms: number;
  /** Pings that were not answered by the end. */
  readonly pingsLost: number;
}

interface People {
  readonly cast: FloodCast;
  readonly victim: FloodMember;
  leave(): void;
}

interface RunningEdge {
  /** Its origin. */
  readonly url: string;
  close(): Promise<void>;
}

async function startPartyKit(): Promise<RunningEdge> {
  const edge = await Edge.start({ host: 'partykit', vars: { LOG: 'quiet' } });
  return { url: edge.origin, close: () => edge.stop() };
}

export class FloodLab {
  readonly #edge: RunningEdge;
  readonly #pid: number;
  #rooms = 0;

  private constructor(edge: RunningEdge, pid: number) {
    this.#edge = edge;
    this.#pid = pid;
  }

  static async start(host: Host): Promise<FloodLab> {
    const before = new Set(ownWorkerds());
    const edge = await (host === 'partykit' ? startPartyKit() : startRoom());
    return new FloodLab(edge, await newWorkerd(before));
  }

  stop(): Promise<void> {
    return this.#edge.close();
  }

  async run(flood: Flood, ms: number): Promise<FloodResult> {
    const warmUp = await this.#prepare(flood, true);
    await this.#attack(flood, warmUp, ms);
    warmUp.leave();
    const people = await this.#prepare(flood, false);
    const beforeMiB = await this.#idle();
    const { duringMiB, delays, pingsLost } = await this.#attack(flood, people, ms);
    people.leave();
    const sorted = delays.toSorted((a, b) => a - b);
    const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? NaN;
    const { name } = flood;
    return { name, beforeMiB, duringMiB, pingP50Ms: at(0.5), pingP99Ms: at(0.99), pingsLost };
  }

  /** A room of its own, with everybody in it and its history. */
  async #prepare(flood: Flood, reads: boolean): Promise<People> {
    this.#rooms += 1;
    const url = `${this.#edge.url.replace('http', 'ws')}/parties/room/flood-${this.#rooms}`;
    if (flood.messages !== undefined) await fillHistory(url, flood.messages);
    const victim = await FloodMember.join(url, 'victim', { reads: true, hasAck: true });
    const cast = await gather(flood, url, reads);
    const leave = (): void => {
      for (const one of [victim, ...cast.silent, ...cast.loud]) one.drop();
    };
    return { cast, victim, leave };
  }

  async #attack(flood: Flood, { cast, victim }: People, ms: number) {
    const delays: number[] = [];
    const sentAt: number[] = [];
    victim.onPong = () => delays.push(performance.now() - (sentAt.shift() ?? NaN));
    let duringMiB = 0;
    let turn = 0;
    const from = performance.now();
    const timers = [
      setInterval(() => {
        // As many as should have been by now: a busy machine must not make an attack smaller.
        const due = ((performance.now() - from) * flood.perSecond) / 1_000;
        for (; turn < due; turn += 1) flood.step(cast, turn);
      }, 1_000 / flood.perSecond),
      setInterval(() => (duringMiB = Math.max(duringMiB, residentMiB(this.#pid))), SAMPLE_MS),
      setInterval(() => {
        sentAt.push(performance.now());
        victim.ping();
      }, PING_MS),
    ];
    await new Promise((next) => setTimeout(next, ms));
    for (const timer of timers) clearInterval(timer);
    return { duringMiB, delays, pingsLost: sentAt.length };
  }

  /** The smallest that it is while nothing happens. */
  async #idle(): Promise<number> {
    let least = Infinity;
    const end = performance.now() + IDLE_MS;
    while (performance.now() < end) {
      least = Math.min(least, residentMiB(this.#pid));
      await new Promise((next) => setTimeout(next, SAMPLE_MS));
    }
    return least;
  }
}

export function printFloods(host: Host, results: readonly FloodResult[]): void {
  const width = Math.max(host.length, ...results.map(({ name }) => name.length));
  const cell = (value: number): string => value.toFixed(0).padStart(8);
  console.log(`\n${host.padEnd(width)}  MiB before  MiB during    grown  ping p50   p99 ms`);
  for (const { name, beforeMiB, duringMiB, pingP50Ms, pingP99Ms, pingsLost } of results) {
    const memory = `${cell(beforeMiB)}    ${cell(duringMiB)} ${cell(duringMiB - beforeMiB)}`;
    const lost = pingsLost > 1 ? `  (${pingsLost} without an answer)` : '';
    console.log(`${name.padEnd(width)}    ${memory}  ${cell(pingP50Ms)} ${cell(pingP99Ms)}${lost}`);
  }
}
