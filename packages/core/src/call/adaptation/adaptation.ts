/**
 * Sends each peer what they show and no more, and tells them what we show (LK-1). `rules/` decides
 * on the encodings; this file applies them.
 */
import type { LayoutMessage, PeerMessage, ShownSize, Source } from '@rtc-elements/protocol';
import { LIMITS } from '@rtc-elements/protocol';

import { budget, demand, type Picture, type Receiver, type Share } from './rules/budget.js';

import { type StartEncoding, startEncoding } from './rules/start-encoding.js';
import { NO_CONGESTION, nextCongestion, type Congestion } from './rules/congestion.js';
import { KeyFrames } from './key-frames.js';
import { readLimits } from './link-limits.js';
import { tuneSender } from './tune-sender.js';
import type { Clock } from '../../ports.js';
import type { LinkStatus } from '../../state/room-state.js';
import { isPageShown } from '../../support/is-page-shown.js';

/** Changes are gathered for this long, ms, so that a layout in motion is sent once. */
const GATHER_MS = 150;
/** How often processor and line are checked, ms. */
const LOOK_MS = 2_000;
/**
 * A picture that began small stays small until everybody is connected, but no longer than this, ms.
 */
const STORM_MS = 3_000;
const NOTHING: ShownSize = { width: 0, height: 0 };

/** A picture that can be shown. */
export type VideoSource = 'camera' | 'screen';

/** A link, as adaptation sees it. */
export interface AdaptableLink {
  readonly status: LinkStatus;
  senderOf(source: Source): RTCRtpSender | undefined;
  tell(message: PeerMessage): boolean;
  getStats(): Promise<RTCStatsReport>;
}

export interface AdaptationWorld {
  readonly clock: Clock;
  readonly options: { readonly dataSaver?: boolean };
  readonly mesh: {
    /** Live: the peers that we send to now. */
    readonly links: ReadonlyMap<string, { readonly link: AdaptableLink }>;
    /** What we send. */
    getOutgoing(source: Source): MediaStreamTrack | null;
  };
}

/** What is known of one peer. */
interface Peer {
  /** What we show of them, as told by `show`. */
  shown: LayoutBody;
  /** The same, as they were told last; empty: they have been told nothing. */
  told: string;
  /** What they show of us. */
  layout: LayoutBody;
  congestion: Congestion;
  share: Share | null;
  /** When they were first connected. */
  upAt: number | null;
}

type LayoutBody = Omit<LayoutMessage, 'type'>;

export class Adaptation {
  readonly #world: AdaptationWorld;
  readonly #peers = new Map<string, Peer>();
  readonly #keyFrames: KeyFrames;
  #processor = NO_CONGESTION;
  #cancelTurn: (() => void) | null = null;
  #cancelLook: (() => void) | null = null;

  constructor(world: AdaptationWorld) {
    this.#world = world;
    this.#keyFrames = new KeyFrames(world.clock);
    globalThis.document?.addEventListener('visibilitychange', this.wake);
  }

  /** Takes the size at which the page shows a picture; `null`: it does not show it. */
  show(session: string, source: VideoSource, size: ShownSize | null): void {
    const peer = this.#peer(session);
    peer.shown = { ...peer.shown, [source]: size ? whole(size) : NOTHING };
    this.wake();
  }

  /**
   * Takes what a peer shows of us; `null`: the channel is new, and nothing was sent over it yet.
   */
  onLayout(session: string, layout: LayoutMessage | null): void {
    const peer = this.#peer(session);
    if (!layout) peer.told = '';
    const { camera, screen } = layout ?? {};
    peer.layout = { ...(camera && { camera }), ...(screen && { screen }) };
    this.wake();
  }

  /** To be called when something has changed: a link, a track, a layout, the page. */
  readonly wake = (): void => {
    const { clock } = this.#world;
    this.#cancelTurn ??= clock.setTimer(GATHER_MS, () => this.#turn());
    this.#cancelLook ??= clock.setTimer(LOOK_MS, () => void this.#look());
  };

  close(): void {
    globalThis.document?.removeEventListener('visibilitychange', this.wake);
    this.#cancelTurn?.();
    this.#cancelLook?.();
    // What is still under way must not set another timer.
    this.#cancelTurn = this.#cancelLook = () => undefined;
  }

  #turn(): void {
    this.#cancelTurn = null;
    const links = [...this.#world.mesh.links];
    this.#forget();
    for (const [session, { link }] of links) this.#tell(this.#peer(session), link);
    const shares = budget(
      this.#supply(),
      links.map(([session]) => toReceiver(this.#peer(session))),
    );
    const isStorm = links.some(([, { link }]) => link.status !== 'connected');
    links.forEach(([session, { link }], index) => {
      const share = shares[index];
      const start = this.#isNew(session, link, isStorm) ? startEncoding(links.length) : null;
      if (share) void this.#apply(session, link, start ? begin(share, start) : share);
    });
  }

  /** Whether a link stays as it began: to raise it would slow those that are not connected yet. */
  #isNew(session: string, link: AdaptableLink, isStorm: boolean): boolean {
    const peer = this.#peer(session);
    const now = this.#world.clock.now();
    if (link.status === 'connected') peer.upAt ??= now;
    return peer.upAt === null || (isStorm && now - peer.upAt < STORM_MS);
  }

  /** Forgets peers that had a link and are gone. One that has none yet may be shown already. */
  #forget(): void {
    const links = this.#world.mesh.links;
    for (const [session, { share }] of this.#peers) {
      if (share && !links.has(session)) this.#peers.delete(session);
    }
  }

  /** Tells a peer what we show of them, if that is new to them. */
  #tell(peer: Peer, link: AdaptableLink): void {
    // A page that nobody sees shows nothing, whatever its layout.
    const layout = isPageShown() ? peer.shown : { camera: NOTHING, screen: NOTHING };
    const text = JSON.stringify(layout);
    // Before anything was sent, an empty layout need not be.
    if (text === (peer.told || '{}')) return;
    if (link.tell({ type: 'layout', ...layout })) peer.told = text;
  }

  async #apply(session: string, link: AdaptableLink, share: Share): Promise<void> {
    this.#peer(session).share = share;
    const { camera, screen, audio } = share;
    const isText = this.#isText();
    const tuned = await Promise.all([
      tuneSender(link.senderOf('microphone'), audio, null),
      tuneSender(link.senderOf('camera'), camera, 'maintain-framerate'),
      tuneSender(
        link.senderOf('screen'),
        screen,
        isText ? 'maintain-resolution' : 'maintain-framerate',
      ),
    ]);
    // Refused while a negotiation changes the same parameters; a little later they can be set.
    if (tuned.includes(false)) this.wake();
    this.#keyFrames.look(link);
  }

  async #look(): Promise<void> {
    const links = [...this.#world.mesh.links];
    const reports = await Promise.all(
      links.map(([, { link }]) => link.getStats().then(readLimits, () => null)),
    );
    this.#cancelLook = this.#cancelLook && null;
    const now = this.#world.clock.now();
    links.forEach(([session], index) => {
      const limits = reports[index];
      const peer = this.#peers.get(session);
      if (!limits || !peer?.share) return;
      const isShort = limits.byLine && (limits.uplink ?? 0) < demand(peer.share) * 0.7;
      peer.congestion = nextCongestion(peer.congestion, isShort, now);
    });
    const byProcessor = reports.some((limits) => limits?.byProcessor === true);
    this.#processor = nextCongestion(this.#processor, byProcessor, now);
    if (links.length > 0) this.wake();
  }

  #supply(): Parameters<typeof budget>[0] {
    const camera = this.#picture('camera');
    const screen = this.#picture('screen');
    return {
      camera,
      screen: screen && { ...screen, isText: this.#isText() },
      stepsDown: this.#processor.steps,
      dataSaver: this.#world.options.dataSaver === true,
    };
  }

  #isText(): boolean {
    return /detail|text/.test(this.#world.mesh.getOutgoing('screen')?.contentHint ?? '');
  }

  #picture(source: VideoSource): Picture | null {
    const track = this.#world.mesh.getOutgoing(source);
    // What is not known yet is assumed to be what most cameras deliver.
    const { width = 640, height = 480, frameRate = 30 } = track?.getSettings() ?? {};
    return track && { width, height, frameRate };
  }

  #peer(session: string): Peer {
    const known = this.#peers.get(session);
    if (known) return known;
    const peer: Peer = {
      shown: {},
      told: '',
      layout: {},
      congestion: NO_CONGESTION,
      share: null,
      upAt: null,
    };
    this.#peers.set(session, peer);
    return peer;
  }
}

const begin = (share: Share, start: StartEncoding): Share => ({
  ...share,
  camera: { ...share.camera, ...start },
});

const toReceiver = ({ layout, congestion }: Peer): Receiver => ({
  camera: layout.camera ?? null,
  screen: layout.screen ?? null,
  stepsDown: congestion.steps,
});

/** In whole pixels, no more than a message may say. */
const whole = ({ width, height }: ShownSize): ShownSize => ({
  width: side(width),
  height: side(height),
});

const side = (pixels: number): number =>
  Math.round(Math.min(Math.max(pixels, 0), LIMITS.layoutPixels)) || 0;
