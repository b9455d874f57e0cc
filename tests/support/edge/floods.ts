/**
 * Attacks on the memory of a room: its own members make it send what nobody reads. Each one has a room, people who read
 * nothing, and people who cause what is sent, as fast as they are allowed and faster.
 */
import { LIMITS } from '@rtc-elements/protocol';

import { FloodMember } from './flood-member.js';

/** A message of this has 16,000 bytes, and is as large as one may be. */
const LONG_TEXT = '\u{1F600}'.repeat(LIMITS.textLength);
const LONG_SDP = 'x'.repeat(40_000);
const LONG_DATA = 'A'.repeat(LIMITS.dataLength);
const META = { note: 'x'.repeat(480) };
const VALUE = 'x'.repeat(LIMITS.stateBytes - 2);

/** The people of one attack. */
export interface FloodCast {
  /** Those who read nothing, or during the warm-up read everything. */
  readonly silent: readonly FloodMember[];
  /** Those who read. */
  readonly loud: readonly FloodMember[];
}

export interface Flood {
  readonly name: string;
  readonly silent: number;
  readonly loud: number;
  /** Whether those who read nothing claim that they answer marks. */
  readonly hasAck?: boolean;
  /** Long messages in the history. */
  readonly messages?: number;
  /** So many times a second, each time with another number. */
  readonly perSecond: number;
  step(cast: FloodCast, turn: number): void;
}

const history = (one: FloodMember, turn: number): void =>
  one.send({ type: 'chat.history', ref: `r${turn}`, limit: LIMITS.pageMessages });

export const FLOODS: readonly Flood[] = [
  {
    name: 'history, six that do not read',
    silent: 6,
    loud: 0,
    messages: 50,
    perSecond: 20,
    step: ({ silent }, turn) => silent.forEach((one) => history(one, turn)),
  },
  {
    name: 'history, six that claim to read',
    silent: 6,
    loud: 0,
    hasAck: true,
    messages: 50,
    perSecond: 20,
    step: ({ silent }, turn) => silent.forEach((one) => history(one, turn)),
  },
  {
    name: 'signals of three to one that does not read',
    silent: 1,
    loud: 3,
    perSecond: 100,
    step: ({ silent: [to], loud }, turn) => {
      const description = { type: 'offer', sdp: LONG_SDP } as const;
      for (const one of loud) {
        one.send({ type: 'signal', to: to?.session ?? '', epoch: 1, n: turn, description });
      }
    },
  },
  {
    name: 'chat of three to six that do not read',
    silent: 6,
    loud: 3,
    perSecond: 20,
    step: ({ loud }) => loud.forEach((one) => one.say(LONG_TEXT)),
  },
  {
    name: 'searches of twenty through 250 messages',
    silent: 20,
    loud: 0,
    messages: 250,
    perSecond: 10,
    step: ({ silent }, turn) => {
      for (const one of silent) {
        one.send({ type: 'chat.search', ref: `r${turn}`, query: 'not to be found', limit: 50 });
      }
    },
  },
  {
    name: 'roster.get in a room of sixty, six that do not read',
    silent: 6,
    loud: 54,
    perSecond: 20,
    step: ({ silent }) => silent.forEach((one) => one.send({ type: 'roster.get' })),
  },
  {
    name: 'state values of three, six that do not read',
    silent: 6,
    loud: 3,
    perSecond: 20,
    step: ({ loud }, turn) => {
      for (const one of loud) {
        const key = `k${turn % LIMITS.stateKeys}`;
        one.send({ type: 'state.set', ref: `r${turn}`, key, value: VALUE });
      }
    },
  },
  {
    name: 'data of three to six that do not read',
    silent: 6,
    loud: 3,
    hasAck: true,
    perSecond: 20,
    step: ({ silent, loud }, turn) => {
      const to = silent.map(({ session }) => session);
      for (const one of loud) one.send({ type: 'data.send', ref: `r${turn}`, to, data: LONG_DATA });
    },
  },
  {
    name: 'presence of twelve, six that do not read',
    silent: 6,
    loud: 12,
    perSecond: 20,
    step: ({ loud }, turn) => {
      const meta = { ...META, turn };
      for (const one of loud) one.send({ type: 'presence.set', hand: turn % 2 === 0, meta });
    },
  },
];

/** Lets everybody of a flood in. */
export async function gather(flood: Flood, url: string, reads: boolean): Promise<FloodCast> {
  const loud: FloodMember[] = [];
  for (let at = 0; at < flood.loud; at += 1) {
    const hello = { meta: META, call: true };
    loud.push(await FloodMember.join(url, `loud ${at}`, { reads: true, hasAck: true, hello }));
  }
  const silent: FloodMember[] = [];
  for (let at = 0; at < flood.silent; at += 1) {
    const hasAck = flood.hasAck === true || reads;
    const hello = { call: true };
    silent.push(await FloodMember.join(url, `silent ${at}`, { reads, hasAck, hello }));
  }
  return { silent, loud };
}

/** Fills the history, by as many members as that takes within the limits of each. */
export async function fillHistory(url: string, messages: number): Promise<void> {
  const each = Math.floor(LIMITS.messageByteBurst / (4 * LIMITS.textLength));
  for (let said = 0; said < messages; said += each) {
    const writer = await FloodMember.join(url, `writer ${said}`, { reads: true, hasAck: true });
    for (let at = 0; at < Math.min(each, messages - said); at += 1) writer.say(LONG_TEXT);
    await writer.roundTrip();
    writer.drop();
  }
}
