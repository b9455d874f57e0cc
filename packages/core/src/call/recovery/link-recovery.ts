/**
 * Recovers one link: gathers the facts that `rules/next-step` needs, and takes the steps that it
 * decides on.
 */
import type { Description } from '@rtc-elements/protocol';

import type { Clock } from '../../ports.js';
import { NO_ESCALATION, type Escalation, type RecoveryStep } from './rules/escalation.js';
import { keepDtlsRole } from './rules/keep-dtls-role.js';
import { nextStep } from './rules/next-step.js';
import type { LinkHealth, RecoverableLink, Recovery } from '../link/link-world.js';
import { selectedPair } from '../stats/selected-pair.js';
import { UnansweredOffer } from './unanswered-offer.js';

/** If a timer fires this much too late, ms, the machine was asleep. */
const SLEPT_MS = 5_000;

/**
 * Readings further apart than this, ms, say nothing about the time between them: the page was
 * hidden.
 */
const BLIND_MS = 3_000;

/**
 * Chromium calls a path `disconnected` when its connectivity checks are lost, even if bytes still
 * arrive: with a packet loss of 20 %, now and then. A link that received bytes this recently, ms,
 * is still there.
 */
const FRESH_MS = 2_000;

const LOST: readonly LinkHealth['state'][] = ['disconnected', 'failed'];

export interface RecoveryHandlers {
  /** Called before each step is taken. */
  onStep(step: RecoveryStep): void;
  /** The peer has fallen silent, or its path is lost. Called once, until the link has recovered. */
  onSilence(): void;
}

class LinkRecovery implements Recovery {
  readonly #link: RecoverableLink;
  readonly #clock: Clock;
  readonly #handlers: Partial<RecoveryHandlers>;
  readonly #stop = new AbortController();
  readonly #offer: UnansweredOffer;
  #cancel: () => void = () => undefined;
  #escalation: Escalation = NO_ESCALATION;
  #triedAt = -Infinity;
  #wokeAt: number | null = null;
  #isOffline = false;
  #wasUnsent = false;
  #bytes = 0;
  #heardAt = -Infinity;
  #silentFrom: number | null = null;
  #isSilent = false;
  #readAt = -Infinity;

  constructor(link: RecoverableLink, clock: Clock, handlers: Partial<RecoveryHandlers>) {
    this.#link = link;
    this.#clock = clock;
    this.#handlers = handlers;
    this.#offer = new UnansweredOffer(link, clock);
    this.#watchNetwork();
    this.#look();
  }

  look(): void {
    if (this.#stop.signal.aborted) return;
    this.#offer.doubt();
    this.#look();
  }

  offered(): void {
    this.#offer.sent();
  }

  fail(): void {
    this.#judge({ ...this.#link.health, state: 'failed', since: this.#clock.now() });
  }

  read(report: RTCStatsReport): void {
    const bytes = Number(selectedPair(report)?.['bytesReceived'] ?? 0);
    const now = this.#clock.now();
    if (bytes !== this.#bytes) {
      this.#silentFrom = null;
      this.#heardAt = now;
    } else if (now - this.#readAt > BLIND_MS) this.#silentFrom = now;
    else this.#silentFrom ??= this.#readAt;
    this.#bytes = bytes;
    this.#readAt = now;
    if (this.#silentFrom !== null || this.#isSilent) this.#look();
  }

  mend(pc: RTCPeerConnection, description: Description): Description {
    const known = pc.currentRemoteDescription;
    const isRestart = known !== null && generationOf(known) !== generationOf(description);
    // Both sides notice a silence at the same time; one restart is enough.
    if (isRestart && this.#link.health.state === 'connected') this.#triedAt = this.#clock.now();
    return keepDtlsRole(pc, description);
  }

  close(): void {
    this.#stop.abort();
    this.#cancel();
    this.#offer.close();
  }

  #look(): void {
    this.#judge(this.#link.health);
  }

  #judge(health: LinkHealth): void {
    if (this.#stop.signal.aborted) return;
    this.#cancel();
    const now = this.#clock.now();
    if (health.state === 'connected') this.#escalation = NO_ESCALATION;
    // The time that a step is given begins when the room has delivered its signal.
    if (this.#wasUnsent && !health.isUnsent) this.#triedAt = now;
    this.#wasUnsent = health.isUnsent;
    const silentFrom = health.isExpected ? this.#silentFrom : null;
    this.#tell(silentFrom !== null || LOST.includes(health.state));
    if (health.state === 'disconnected' && now - this.#heardAt > FRESH_MS) this.#link.lose();
    const decision = nextStep(
      {
        ...health,
        isOffline: this.#isOffline,
        wokeAt: this.#wokeAt,
        heardAt: this.#heardAt,
        silentFrom,
        readAt: this.#readAt,
        triedAt: this.#triedAt,
        escalation: this.#escalation,
      },
      now,
    );
    if (decision.step === 'wait') return this.#wait(decision.ms);
    this.#triedAt = now;
    this.#wokeAt = null;
    this.#escalation = decision.step === 'give-up' ? NO_ESCALATION : decision.escalation;
    this.#take(decision.step);
  }

  #take(step: RecoveryStep): void {
    this.#handlers.onStep?.(step);
    if (step === 'give-up') {
      return this.#link.giveUp(new Error('no path to the peer was found'));
    }
    if (step === 'rebuild') this.#link.rebuild();
    else this.#link.restart();
    this.#look();
  }

  #tell(isSilent: boolean): void {
    if (isSilent && !this.#isSilent) this.#handlers.onSilence?.();
    this.#isSilent = isSilent;
  }

  #wait(ms: number): void {
    if (ms === Infinity) return;
    const dueAt = this.#clock.now() + ms;
    this.#cancel = this.#clock.setTimer(ms, () => {
      if (this.#clock.now() - dueAt > SLEPT_MS) this.#wokeAt = this.#clock.now();
      if (this.#link.health.state === 'disconnected') void this.#readAndLook();
      else this.#look();
    });
  }

  /** Nobody else reads a link that is not connected, so this asks whether bytes still arrive. */
  async #readAndLook(): Promise<void> {
    await this.#link.getStats().catch(() => undefined);
    this.#look();
  }

  /**
   * Relies on the events alone: by `navigator.onLine`, a machine that has only loopback is offline.
   */
  #watchNetwork(): void {
    if (typeof window === 'undefined') return;
    const { signal } = this.#stop;
    const hear = (type: 'online' | 'offline', isOffline: boolean): void =>
      window.addEventListener(
        type,
        () => {
          this.#isOffline = isOffline;
          this.#wokeAt = isOffline ? null : this.#clock.now();
          this.#look();
        },
        { signal },
      );
    hear('offline', true);
    hear('online', false);
  }
}

/** The username fragment, which an ICE restart changes (RFC 8445, section 9). */
const generationOf = ({ sdp = '' }: RTCSessionDescriptionInit): string | undefined =>
  /a=ice-ufrag:\S+/.exec(sdp)?.[0];

/** The only `CreateRecovery`. */
export const createRecovery = (
  link: RecoverableLink,
  clock: Clock,
  handlers: Partial<RecoveryHandlers> = {},
): Recovery => new LinkRecovery(link, clock, handlers);
