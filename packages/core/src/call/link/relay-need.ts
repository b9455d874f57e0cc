/**
 * Whether one link needs a relay and has none, and why. A missing relay matters only while the link has no
 * path: most links never use the relay that their browser asks for.
 */
import {
  type RelayProblemCode,
  relayProblemOf,
  worstRelayProblem,
} from '../../state/relay-problems.js';
import type { LinkWorld } from './link-world.js';

/**
 * How long a link may be without a path and without a relay before that counts as a problem, ms. An
 * allocation takes two round trips, and a direct path is mostly found within a second. Browsers themselves
 * give up much later: Chromium 156 on a server that does not answer by UDP after 40 s.
 */
const PATIENCE_MS = 8_000;

const TURN = /^turns?:/i;
const STUN = /^stuns?:/i;

/** Tells why there is no relay; `null`: none is needed, or there is one. */
type Tell = (code: RelayProblemCode | null) => void;

export class RelayNeed {
  readonly #world: LinkWorld;
  /** `null` until the peer is known: an offer that nobody has taken yet needs no path. */
  #tell: Tell | null = null;
  #isGathering = false;
  #hasPath = false;
  /** What servers have answered since there was last a path or a relay. */
  readonly #answers = new Set<RelayProblemCode>();
  /** Set from when a path or a relay is waited for until there is one. */
  #cancel: (() => void) | null = null;
  #isLate = false;

  constructor(world: LinkWorld) {
    this.#world = world;
  }

  /** Watches a connection of the link, after the one before was silenced. */
  watch(pc: RTCPeerConnection): void {
    this.#isGathering = false;
    pc.onicegatheringstatechange = () => this.#onGathering(pc.iceGatheringState);
    pc.onicecandidateerror = ({ errorCode, url }) => this.#onAnswer(errorCode, url);
  }

  /** Called for each candidate of ours, in the notation of SDP. */
  onCandidate(candidate: string): void {
    if (!candidate.includes(' typ relay')) return;
    this.#world.onTurnGranted();
    this.#settle();
  }

  /** The peer is known: from now on a path is wanted. */
  attach(tell: Tell): void {
    this.#tell = tell;
    if (this.#isGathering) this.#wait();
  }

  /** Whether media can pass. */
  setPath(hasPath: boolean): void {
    this.#hasPath = hasPath;
    if (hasPath) this.#settle();
  }

  close(): void {
    this.#settle();
    this.#tell = null;
  }

  #onGathering(state: RTCIceGatheringState): void {
    this.#isGathering = state === 'gathering';
    if (this.#isGathering) this.#wait();
    // With relays alone there is nothing left to wait for, except for fresh credentials after a refusal.
    else if (this.#isRelayOnly && this.#why() !== 'turn-refused') this.#judge();
    else if (this.#isLate) this.#judge();
  }

  #onAnswer(errorCode: number, url: string | null): void {
    if (url && STUN.test(url)) return;
    const code = relayProblemOf(errorCode);
    this.#answers.add(code);
    if (code === 'turn-refused') this.#world.onTurnRefused();
  }

  #wait(): void {
    if (this.#hasPath || !this.#tell) return;
    this.#cancel ??= this.#world.clock.setTimer(PATIENCE_MS, () => {
      this.#isLate = true;
      this.#judge();
    });
  }

  #judge(): void {
    const code = this.#cancel && this.#why();
    if (code) this.#tell?.(code);
  }

  #why(): RelayProblemCode | null {
    const { iceServers = [] } = this.#world.configuration();
    const hasRelays = iceServers.some(({ urls }) => [urls].flat().some((url) => TURN.test(url)));
    if (hasRelays) return worstRelayProblem(this.#answers) ?? 'turn-unreachable';
    return this.#isRelayOnly ? 'turn-missing' : null;
  }

  get #isRelayOnly(): boolean {
    return this.#world.configuration().iceTransportPolicy === 'relay';
  }

  /** There is a path or a relay, or neither is wanted any more. */
  #settle(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#isLate = false;
    this.#answers.clear();
    this.#tell?.(null);
  }
}
