/** One RTCPeerConnection of a link, with what lives exactly as long as it does. */
import type { Candidate } from '@rtc-elements/protocol';

import type { FrameTransforms } from './frame-transforms.js';
import type { LinkWorld } from './link-world.js';
import type { RelayNeed } from './relay-need.js';
import { CandidateQueue } from './rules/candidate-queue.js';
import { TrackSenders } from './track-senders.js';

export interface ConnectionHandlers {
  readonly relay: Pick<RelayNeed, 'watch' | 'onCandidate'>;
  onNegotiationNeeded(): void;
  onCandidate(candidate: Candidate): void;
  onStateChange(): void;
}

export class LinkConnection {
  readonly pc: RTCPeerConnection;
  readonly senders: TrackSenders;
  readonly candidates = new CandidateQueue();
  /** What is done to its frames. */
  readonly frameTransforms: FrameTransforms | null;
  /** Those who wait for statistics. */
  readonly #asking = new Set<(cause: Error) => void>();

  /** `offering`: whether the first offer on it is ours. */
  constructor(world: LinkWorld, offering: boolean, handlers: ConnectionHandlers) {
    const pc = world.createPeerConnection(world.configuration());
    this.pc = pc;
    this.frameTransforms = world.frameTransforms();
    this.senders = new TrackSenders(pc, world);
    this.senders.open(offering);
    pc.onnegotiationneeded = () => handlers.onNegotiationNeeded();
    pc.onicecandidate = ({ candidate }) => {
      // The end of candidates is not signalled: after a restart, trickling may always go on.
      if (!candidate?.candidate) return;
      handlers.relay.onCandidate(candidate.candidate);
      handlers.onCandidate(candidate.toJSON() as Candidate);
    };
    handlers.relay.watch(pc);
    pc.onconnectionstatechange = () => handlers.onStateChange();
  }

  /** Resolves once a candidate has been found, or it is clear that there is none. */
  firstCandidate(): Promise<unknown> {
    return new Promise((resolve) => {
      this.pc.addEventListener('icecandidate', resolve, { once: true });
    });
  }

  /** Rejects once it is closed: Firefox never answers then, and nobody may wait for ever. */
  getStats(): Promise<RTCStatsReport> {
    return new Promise((resolve, reject) => {
      // Not a race with one promise for all: that would keep every report for as long as it is pending.
      this.#asking.add(reject);
      this.pc
        .getStats()
        .then(resolve, reject)
        .finally(() => this.#asking.delete(reject));
      if (this.pc.signalingState === 'closed') reject(closedError());
    });
  }

  /** After this, no handler is called any more. */
  silence(): void {
    const { pc } = this;
    pc.onnegotiationneeded = pc.onicecandidate = pc.onicecandidateerror = null;
    pc.onconnectionstatechange = pc.onicegatheringstatechange = null;
  }

  close(): void {
    this.silence();
    this.pc.close();
    for (const reject of this.#asking) reject(closedError());
    this.#asking.clear();
  }
}

const closedError = (): Error => new Error('The connection was closed.');
