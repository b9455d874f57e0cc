/** The way of action frames over the links to peers: small ones at once, large ones in parts, each name in its order. */
import type { Reliability } from '../call/ports.js';
import { utf8Length } from '@rtc-elements/protocol';

import { RtcError } from '../state/errors.js';
import { bytesOf, type ActionFrame } from './action-frames.js';
import type { PeerPaths } from './ports.js';
import { floodedError } from './room-way.js';
import { PART_BYTES, partsOf } from './rules/parts.js';

/** How much is sent to one peer before it is asked whether more may be, bytes. */
const TRUSTED_BYTES = 65_536;

/** How much may wait for one peer: two of the largest messages, bytes. */
const MOST_WAITING_BYTES = 33_554_432;

export interface SendHow {
  /** Messages of one lane are sent one after another. */
  readonly lane: string;
  readonly reliability: Reliability;
  /** Of the message, if it goes in parts. */
  readonly id: number;
}

interface PeerState {
  /** Sent since there was headroom. */
  untrusted: number;
  waiting: number;
  /** The last message of each lane, while it waits. */
  readonly lanes: Map<string, Promise<RtcError | null>>;
}

export class PeerWay {
  readonly #paths: PeerPaths;
  readonly #peers = new Map<string, PeerState>();

  constructor(paths: PeerPaths) {
    this.#paths = paths;
  }

  /** Resolves once all of it is on its way. `null`: it is; otherwise why not. */
  async send(session: string, frame: ActionFrame, how: SendHow): Promise<RtcError | null> {
    const peer = this.#peerOf(session);
    const size = typeof frame === 'string' ? utf8Length(frame) : frame.byteLength;
    const isSmall = size <= PART_BYTES;
    if (isSmall && mayBeLost(how.reliability)) return this.#now(session, frame, how.reliability);
    if (isSmall && !peer.lanes.has(how.lane) && peer.untrusted + size <= TRUSTED_BYTES) {
      peer.untrusted += size;
      return this.#now(session, frame, how.reliability);
    }
    if (peer.waiting + size > MOST_WAITING_BYTES) return floodedError();
    peer.waiting += size;
    const before = peer.lanes.get(how.lane);
    const sending = (async () => {
      await before;
      return isSmall ? this.#small(session, frame, how) : this.#large(session, frame, how);
    })();
    peer.lanes.set(how.lane, sending);
    const error = await sending;
    peer.waiting -= size;
    if (peer.lanes.get(how.lane) === sending) peer.lanes.delete(how.lane);
    return error;
  }

  forget(session: string): void {
    this.#peers.delete(session);
  }

  async #small(
    session: string,
    frame: ActionFrame,
    { reliability }: SendHow,
  ): Promise<RtcError | null> {
    if (!(await this.#headroom(session))) return brokenError();
    return this.#now(session, frame, reliability);
  }

  async #large(session: string, frame: ActionFrame, { id }: SendHow): Promise<RtcError | null> {
    for (const part of partsOf(bytesOf(frame), id)) {
      if (!(await this.#headroom(session)) || !this.#paths.send(session, part.buffer)) {
        return brokenError();
      }
    }
    return null;
  }

  async #headroom(session: string): Promise<boolean> {
    const isFree = await this.#paths.headroom(session);
    this.#peerOf(session).untrusted = 0;
    return isFree;
  }

  #now(session: string, frame: ActionFrame, reliability: Reliability): RtcError | null {
    try {
      const data = typeof frame === 'string' ? frame : frame.buffer;
      return this.#paths.send(session, data, reliability) ? null : brokenError();
    } catch (error) {
      return error as RtcError;
    }
  }

  #peerOf(session: string): PeerState {
    const peer = this.#peers.get(session) ?? { untrusted: 0, waiting: 0, lanes: new Map() };
    this.#peers.set(session, peer);
    return peer;
  }
}

const mayBeLost = ({ maxRetransmits, maxPacketLifeTime }: Reliability): boolean =>
  maxRetransmits !== undefined || maxPacketLifeTime !== undefined;

const brokenError = (): RtcError =>
  new RtcError('peer-unreachable', 'The connection to this person broke. Send it again.', {
    retryable: true,
  });
