/**
 * Key frames for a peer whose path was lost or has changed. A receiver that has missed much first
 * asks for retransmissions, and its own request for a key frame is often lost with the old path:
 * measured in Chromium, pictures came back 2 to 5 s later than the path.
 */
import type { Clock } from '../../ports.js';
import type { LinkStatus } from '../../state/room-state.js';

/** A link, as its key frames need it. */
export interface Pictured {
  readonly status: LinkStatus;
  senderOf(source: 'camera' | 'screen'): RTCRtpSender | undefined;
}

/**
 * How long a link that comes up may try several paths, ms; its first pictures are key frames
 * anyway.
 */
const COMING_UP_MS = 3_000;

interface Known {
  upAt: number;
  isLost: boolean;
  path: RTCIceTransport | null;
}

export class KeyFrames {
  readonly #clock: Clock;
  readonly #known = new WeakMap<Pictured, Known>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** To be called whenever something about a link may have changed. */
  look(link: Pictured): void {
    const known = this.#known.get(link) ?? { upAt: Infinity, isLost: false, path: null };
    this.#known.set(link, known);
    const isUp = link.status === 'connected';
    if (isUp && known.upAt === Infinity) known.upAt = this.#clock.now();
    if (isUp && known.isLost) send(link);
    known.isLost = !isUp && known.upAt < Infinity;
    const path = link.senderOf('camera')?.transport?.iceTransport ?? null;
    if (path === known.path) return;
    known.path = path;
    path?.addEventListener('selectedcandidatepairchange', () => {
      if (this.#clock.now() - known.upAt >= COMING_UP_MS) send(link);
    });
  }
}

function send(link: Pictured): void {
  for (const source of ['camera', 'screen'] as const) {
    const sender = link.senderOf(source);
    if (sender?.track) void sendKeyFrame(sender);
  }
}

/** By `RTCEncodingOptions` (webrtc-extensions), which browsers without them ignore. */
async function sendKeyFrame(sender: RTCRtpSender): Promise<void> {
  const parameters = sender.getParameters();
  const encodingOptions = parameters.encodings.map(() => ({ keyFrame: true }));
  // While a negotiation is under way, the receiver's own request has to do.
  await sender.setParameters(parameters, { encodingOptions }).catch(() => undefined);
}
