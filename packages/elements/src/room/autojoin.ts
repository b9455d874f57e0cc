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
    const isMissing = this.#isMissing;
    if (autojoin && isMissing) this.#wait();
    else this.stop();
    const isTried = shared === this.#tried?.shared && name === this.#tried?.name;
    if (!autojoin || isMissing || !shared || shared === this.#entered || isTried || !rtc.ownsRoom)
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

  /** Whether something has to come before we can join. */
  get #isMissing(): boolean {
    const { failure, shared, state } = this.#host.rtc;
    if (failure || state?.left === 'token-expired') return true;
    return shared !== null && shared !== this.#entered && this.wantsLobby;
  }

  #wait(): void {
    if (!this.#hasSaid) this.#timer ??= setTimeout(() => void this.#say(), PATIENCE_MS);
  }

  /** Only a hint: if its words cannot be loaded, nobody misses them. */
  async #say(): Promise<void> {
    const hint = await import('./autojoin-hint.js').catch(() => null);
    if (!hint || !this.#isMissing || this.#hasSaid) return;
    this.#hasSaid = true;
    hint.sayWhatIsMissing(this.#host);
  }
}
