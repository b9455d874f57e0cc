/**
 * What it costs that 250, 500 and 1,000 people come into one room, one right after the other: bytes and frames to all
 * of them, from the first join until everybody has heard of everybody, and the CPU time of the room.
 *
 * Everybody is told of everybody, so the bytes grow with the square of the people. What they are compared with
 * is that minimum: each member gets the entry of each other member once, and nothing else.
 */
import { CLIENT_CAPABILITIES, encode, LIMITS } from '@rtc-elements/protocol';

import { helloOf } from '../tests/support/house/raw-client.js';
import { CountingSocket } from './support/counting-socket.js';
import { cpuSeconds } from './support/cpu-seconds.js';
import { until } from './support/crowd.js';
import { type BenchRoom, startRoom } from './support/room.js';

const SIZES = [250, 500, 1_000] as const;

/** Of the minimum, at 1,000. */
const BAR = 1.1;

/** What comes before each name in an entry of the roster. */
const NAMED = '"name":"guest ';

interface Sample {
  readonly people: number;
  /** To all of them, over TCP. */
  readonly bytes: number;
  readonly ratio: number;
  readonly frames: number;
  /** The largest that somebody got who came last. */
  readonly largestFrame: number;
  readonly cpuMsPerJoin: number;
  readonly msPerJoin: number;
}

export async function run() {
  const most = String(Math.max(...SIZES));
  const vars = { MAX_MEMBERS: most, MAX_MEMBERS_PER_ADDRESS: most };
  const room = await startRoom(undefined, { vars });
  try {
    const samples: Sample[] = [];
    // The first round warms the engines.
    await fill(room, 'warm', SIZES[0]);
    for (const people of SIZES) {
      const sample = await fill(room, `large-${people}`, people);
      console.log(describe(sample));
      samples.push(sample);
    }
    const { ratio, largestFrame, cpuMsPerJoin } = samples.at(-1) ?? ({} as Sample);
    return {
      figure: { ratio, largestFrame, cpuMsPerJoin },
      bar: { ratio: BAR, largestFrame: LIMITS.frameBytes },
      holds: ratio <= BAR && largestFrame <= LIMITS.frameBytes,
      samples,
      baseline: 'each entry once to each other member',
    };
  } finally {
    await room.close();
  }
}

async function fill(room: BenchRoom, name: string, people: number): Promise<Sample> {
  const url = `${room.url}/parties/room/${name}`;
  const members: CountingSocket[] = [];
  const cpuBefore = roomCpuSeconds();
  const from = performance.now();
  let heard = 0;
  let entryBytes = 0;
  let largestFrame = 0;
  for (let index = 0; index < people; index += 1) {
    const member = await CountingSocket.open(url);
    let isLast = false;
    let known = 0;
    member.onText = (payload) => {
      const names = payload.toString('latin1').split(NAMED).length - 1;
      known += names;
      if (index === 0) heard += names;
      if (index === people - 1) {
        largestFrame = Math.max(largestFrame, payload.length);
        entryBytes ||= entryBytesIn(payload);
      }
      isLast = known > index;
    };
    member.send(encode(helloOf(`guest ${index}`, { capabilities: CLIENT_CAPABILITIES })));
    // Its own entry, those of everybody who came before, and maybe of nobody else.
    await until(() => isLast, [member]);
    if (index > 0) member.onText = null;
    members.push(member);
  }
  await until(() => heard >= people, members);
  const tookMs = performance.now() - from;
  const bytes = await settledBytes(members);
  const cpuSecondsUsed = roomCpuSeconds() - cpuBefore;
  const frames = members.reduce((sum, member) => sum + member.frames, 0);
  for (const member of members) member.drop();
  return {
    people,
    bytes,
    ratio: Number((bytes / (people * (people - 1) * entryBytes)).toFixed(3)),
    frames,
    largestFrame,
    cpuMsPerJoin: Number(((cpuSecondsUsed * 1_000) / people).toFixed(2)),
    msPerJoin: Number((tookMs / people).toFixed(2)),
  };
}

/** Of the room, which runs as a child of this process. */
function roomCpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return cpuSeconds(process.pid) - (user + system) / 1e6;
}

/** The size of one entry, with its comma. All are of the same form. */
function entryBytesIn(payload: Buffer): number {
  const { peers = [] } = JSON.parse(payload.toString()) as { readonly peers?: readonly object[] };
  const entry = peers.at(-1);
  return entry ? JSON.stringify(entry).length + 1 : 0;
}

/** What everybody has got, once nothing comes any more. */
async function settledBytes(members: readonly CountingSocket[]): Promise<number> {
  const count = (): number => members.reduce((sum, { bytes }) => sum + bytes.down, 0);
  let before = -1;
  let since = performance.now();
  await until(() => {
    const now = count();
    if (now !== before) since = performance.now();
    before = now;
    return performance.now() - since > QUIET_MS;
  });
  return before;
}

/** Presence is gathered for 50 ms (PR-2). */
const QUIET_MS = 500;

const describe = (sample: Sample): string =>
  `${sample.people} people: ${(sample.bytes / 1e6).toFixed(1)} MB to all of them ` +
  `(${sample.ratio} of the minimum), ${sample.frames} frames, the largest ${sample.largestFrame} bytes; ` +
  `${sample.cpuMsPerJoin} ms CPU and ${sample.msPerJoin} ms for each join`;
