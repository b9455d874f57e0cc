/**
 * Whole pictures for a peer whose path was gone, or is another now. A receiver that has missed much
 * first asks for what it has missed, and its own request for a whole picture is often lost with the
 * old path: measured in Chromium, pictures came 2 to 5 s later than the path.
 */
import type { Clock } from '../../ports.js';
import type { LinkStatus } from '../../state/room-state.js';

/** A link, as far as its pictures go. */
export interface Pictured {
  readonly status: LinkStatus;
  senderOf(source: 'camera' | 'screen'): RTCRtpSender | undefined;
}

/** A link tries several paths while it comes up, ms; its first pictures are whole anyway. */
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

  /** To be told of a link whenever something about it may have changed. */
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

/** As of webrtc-extensions, "RTCEncodingOptions"; browsers that do not know them ignore them. */
async function sendKeyFrame(sender: RTCRtpSender): Promise<void> {
  const parameters = sender.getParameters();
  const encodingOptions = parameters.encodings.map(() => ({ keyFrame: true }));
  // Where a negotiation is under way, the receiver's own request has to do.
  await sender.setParameters(parameters, { encodingOptions }).catch(() => undefined);
}
