// When `<rtc-room>` shows its lobby, and when it joins by itself.
import type { RoomController } from '../session/room-controller.js';
import type { SharedRoom } from '../session/shared-room.js';

/** After how long the console says what `autojoin` waits for, ms. */
const PATIENCE_MS = 5_000;

/** What it reads of its element. */
interface AutojoinHost {
  readonly autojoin: boolean;
  readonly lobby: 'auto' | 'on' | 'off';
  readonly startName: string;
  readonly roomName: string;
  readonly showsLobby: boolean;
  readonly rtc: Pick<RoomController, 'shared' | 'state' | 'failure' | 'ownsRoom'>;
  join(): Promise<void>;
}

export class Autojoin {
  readonly #host: AutojoinHost;
  /** The room that was entered already: nobody is brought back who has left. */
  #entered: SharedRoom | null = null;
  /** What was tried last: a name that was refused is not tried again. */
  #tried: { readonly shared: SharedRoom; readonly name: string } | null = null;
  /** The room whose lobby was shown last. */
  #previewed: SharedRoom | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #hasSaid = false;

  constructor(host: AutojoinHost) {
    this.#host = host;
  }

  /** Whether somebody has to be asked before they join. */
  get wantsLobby(): boolean {
    const { lobby, autojoin, startName } = this.#host;
    return lobby === 'on' || (lobby !== 'off' && !(autojoin && startName));
  }

  /** Called whenever anything of the element or its room has changed. */
  look(): void {
    const { autojoin, rtc, startName: name } = this.#host;
    const { shared } = rtc;
    if (shared && (shared.isCalling || rtc.state?.connection === 'closed')) this.#entered = shared;
    const missing = this.#missing;
    if (autojoin && missing !== null) this.#wait();
    else this.stop();
    const isTried = shared === this.#tried?.shared && name === this.#tried?.name;
    if (
      !autojoin ||
      missing !== null ||
      !shared ||
      shared === this.#entered ||
      isTried ||
      !rtc.ownsRoom
    )
      return this.#closeLobby();
    this.#tried = { shared, name };
    this.#previewed = null;
    // A refusal is in the snapshot and dispatched as `rtc-error`.
    this.#host.join().catch(() => undefined);
  }

  /** Somebody has left before there was a room: what comes then is not joined without being asked. */
  skip(shared: SharedRoom): void {
    this.#entered = shared;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** A lobby that goes without anybody joining leaves no camera on. */
  #closeLobby(): void {
    const { shared, state } = this.#host.rtc;
    if (this.#host.showsLobby) this.#previewed = shared;
    else if (this.#previewed) {
      if (this.#previewed === shared && state?.connection === 'idle') shared.closePreview();
      this.#previewed = null;
    }
  }

  /** What has to come before we can join; `null`: nothing. */
  get #missing(): string | null {
    const { lobby, rtc } = this.#host;
    if (rtc.failure) return `a "host" and a "room" that are valid: ${rtc.failure.message}`;
    const { shared, state } = rtc;
    if (state?.left === 'token-expired')
      return 'a "token" or "tokenProvider" that the room accepts';
    if (!shared || shared === this.#entered) return null;
    if (lobby === 'on') return 'somebody to join in the lobby, which is on';
    return this.wantsLobby ? 'a "name"' : null;
  }

  #wait(): void {
    if (this.#hasSaid) return;
    this.#timer ??= setTimeout(() => {
      const missing = this.#missing;
      if (missing === null) return;
      this.#hasSaid = true;
      console.warn(`rtc-elements: autojoin of "${this.#host.roomName}" waits for ${missing}.`);
    }, PATIENCE_MS);
  }
}
