/**
 * A peer as somebody writes it for a device, from `docs/protocol.md` alone: one connection, descriptions that hold
 * all candidates, no recovery.
 */
import type { SignalBody, SourceMap } from '@rtc-elements/protocol';

import type { Member, Wire } from './link-pair.js';

export interface PlainPeerOptions {
  /** Changes what it sends. */
  readonly change?: (body: SignalBody) => SignalBody;
  /** Called before it answers an offer. */
  readonly prepare?: (pc: RTCPeerConnection) => void;
}

/** The other end of a member's link. */
export class PlainPeer {
  readonly pc = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  readonly session: string;
  /** Everything that it was sent. */
  readonly heard: SignalBody[] = [];
  readonly #wire: Wire;
  readonly #member: Member;
  readonly #options: PlainPeerOptions;
  readonly #held: RTCIceCandidateInit[] = [];
  #n = 0;
  #chain: Promise<void> = Promise.resolve();

  /** Takes the place of the room for `member`, whose only peer it is. */
  constructor(wire: Wire, member: Member, session: string, options: PlainPeerOptions = {}) {
    this.#wire = wire;
    this.#member = member;
    this.session = session;
    this.#options = options;
    this.pc.createDataChannel('control', { negotiated: true, id: 0 });
    member.tamper = (body) => {
      this.heard.push(body);
      this.#chain = this.#chain.then(() => this.#take(body));
      return [];
    };
  }

  async offer(epoch: number, sources?: SourceMap): Promise<void> {
    await this.#describe();
    this.send({ epoch, ...this.#described(sources) });
  }

  send(body: Omit<SignalBody, 'n'>): void {
    const { change = (same: SignalBody) => same } = this.#options;
    const numbered = change({ ...body, n: this.#n });
    this.#n += 1;
    this.#wire.deliver(this.#member.entry.session, {
      ...numbered,
      type: 'signal',
      from: this.session,
    });
  }

  async #take({
    epoch,
    n,
    re = n,
    description,
    sources,
    candidates = [],
  }: SignalBody): Promise<void> {
    this.#held.push(...candidates);
    if (description) {
      await this.pc.setRemoteDescription(description);
      if (description.type === 'offer') {
        this.#options.prepare?.(this.pc);
        await this.#describe();
        this.send({ epoch, re, ...this.#described(sources) });
      }
    }
    if (!this.pc.remoteDescription) return;
    for (const candidate of this.#held.splice(0)) await this.pc.addIceCandidate(candidate);
  }

  /** Resolves once all candidates are in the description. */
  async #describe(): Promise<void> {
    await this.pc.setLocalDescription();
    while (this.pc.iceGatheringState !== 'complete') {
      await new Promise((resolve) => {
        this.pc.addEventListener('icegatheringstatechange', resolve, { once: true });
      });
    }
  }

  #described(sources: SourceMap | undefined): Pick<SignalBody, 'description' | 'sources'> {
    const { type, sdp } = this.pc.localDescription ?? {};
    if (!sdp || (type !== 'offer' && type !== 'answer')) throw new Error('nothing was described');
    return { description: { type, sdp }, ...(sources && { sources }) };
  }
}
