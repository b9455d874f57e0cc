// <rtc-tile>: a person's camera, or a shared screen.
import type { LinkStatus, Peer, Quality, QualityReason, RoomState, You } from '@rtc-elements/core';
import { type CSSResultGroup, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';

import { avatarStyles } from '../base/avatar-styles.js';
import { cssProperties } from '../base/css-properties.js';
import { icon } from '../base/icon.js';
import { Hand, MicOff, Signal } from '../base/icons/call.js';
import { Upload } from '../base/icons/common.js';
import { RtcElement } from '../base/rtc-element.js';
import { enRoom } from '../i18n/en-room.js';
import { NamingElement } from '../names/naming-element.js';
import type { SharedRoom } from '../session/shared-room.js';
import { LINK_WORDS } from '../view/link-words.js';
import { initials, personColor } from '../view/person.js';
import { qualityWords } from '../view/quality-words.js';
import { createTileDrop } from './tile-drop.js';
import { tileStyles } from './rtc-tile.styles.js';
import { TileView } from './tile-view.js';

/** The state of the link to the person; always `connected` for the local user. */
export type TileConnection = Exclude<LinkStatus, 'none'>;

/**
 * @summary A person's picture or shared screen, with name, and marks for muted, speaking, hand and quality.
 * @tag rtc-tile
 *
 * @fires rtc-request - `retry-peer`, from the button of a tile whose person cannot be reached, and `send-files`, where files were dropped.
 *
 * @csspart frame - The box that contains the picture.
 * @csspart video - The picture.
 * @csspart initials - The circle shown in place of a picture.
 * @csspart name - The chip with the name and the muted mark.
 * @csspart quality - The mark for a fair or poor connection.
 * @csspart hand - The mark for a raised hand.
 * @csspart retry - The button that tries to connect to the person again.
 * @csspart drop - Shown while files are over the tile, which go to the person.
 */
export class RtcTile extends NamingElement {
  static override styles: CSSResultGroup = [RtcElement.styles, avatarStyles, tileStyles];
  static override words = enRoom;

  /** The session id of the person in the snapshot; empty for the local user. */
  @property() session = '';

  /** Which picture: camera or screen. */
  @property({ reflect: true }) source: 'camera' | 'screen' = 'camera';

  /** Whether the person is the local user. */
  @property({ type: Boolean, reflect: true }) self = false;

  /** Whether the person is speaking. */
  @property({ type: Boolean, reflect: true }) speaking = false;

  /** Whether the person's microphone is off. */
  @property({ type: Boolean, reflect: true }) muted = false;

  /** The quality of the link to the person. */
  @property({ reflect: true }) quality: Quality | null = null;

  /** The reason for a quality that is not good. */
  @property({ reflect: true, attribute: 'quality-reason' }) qualityReason: QualityReason | null =
    null;

  /** The state of the link to the person. */
  @property({ reflect: true }) connection: TileConnection = 'connected';

  @state() private person: Peer | You | null = null;
  @state() private hasPicture = false;
  @state() private isPlaying = false;
  @query('video') private video!: HTMLVideoElement;
  #track: MediaStreamTrack | null = null;
  /** The room in which it waits for the first frame. */
  #awaitedIn: SharedRoom | null = null;
  readonly #view = new TileView(this);
  readonly #drop = createTileDrop(this);

  override connectedCallback(): void {
    super.connectedCallback();
    this.#view.start();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#view.stop();
    // Chromium keeps a playing video, and with it the whole tile, in memory.
    if (this.hasUpdated) this.video.srcObject = null;
    this.#setAwaited(null);
  }

  protected override takeState({ you, peers, media }: RoomState): void {
    const peer = peers.find(({ session }) => session === this.session);
    this.self = this.session === '';
    // The person has left. The tile must not show somebody else until it is removed.
    if (!peer && !this.self) return this.#show(null);
    const person = peer ?? you;
    this.person = person;
    this.muted = peer ? !peer.media.microphone : media.microphone.status === 'off';
    this.speaking = this.source === 'camera' && !this.muted && (person?.speaking ?? false);
    this.quality = peer?.link.quality ?? null;
    this.qualityReason = peer?.link.reason ?? null;
    this.connection = peer ? connectionOf(peer) : 'connected';
    const shows = peer ? peer.media[this.source] : media[this.source].status === 'on';
    this.#show(shows ? this.rtc.getTrack(this.session, this.source) : null);
  }

  #show(track: MediaStreamTrack | null): void {
    if (track !== this.#track) this.isPlaying = false;
    this.#track = track;
    this.hasPicture = track !== null;
  }

  protected override updated(): void {
    // An update that was requested before the removal happens after it.
    if (!this.isConnected) return;
    this.#tellAwaited();
    this.#view.tell(this.rtc.room, this.self ? '' : this.session, this.source);
    const shown = (this.video.srcObject as MediaStream | null)?.getVideoTracks()[0] ?? null;
    if (shown === this.#track) return;
    this.video.srcObject = this.#track && new MediaStream([this.#track]);
    // Muted videos may always play. A rejection only means that the stream was replaced in the
    // meantime.
    if (this.#track) void this.video.play().catch(() => undefined);
  }

  /** Elements that are not needed yet load after the first picture. */
  #tellAwaited(): void {
    const { shared } = this.rtc;
    const isRemote = !this.self;
    if (isRemote && this.isPlaying) shared?.notePicture();
    this.#setAwaited(isRemote && this.hasPicture && !this.isPlaying ? shared : null);
  }

  #setAwaited(shared: SharedRoom | null): void {
    if (shared !== this.#awaitedIn) this.#awaitedIn?.awaitedPictures.delete(this);
    shared?.awaitedPictures.add(this);
    this.#awaitedIn = shared;
  }

  protected override render(): TemplateResult {
    const name = this.person ? this.nameOf(this.person) : '';
    const showsInitials = this.source === 'camera' && !(this.hasPicture && this.isPlaying);
    return html`
      <div part="frame" class="frame" role="group" aria-label=${this.#describe(name)}>
        ${showsInitials ? this.#renderInitials() : nothing}
        <video
          part="video"
          class=${this.isPlaying ? '' : 'waiting'}
          ?hidden=${!this.hasPicture}
          muted
          autoplay
          playsinline
          disablepictureinpicture
          .muted=${true}
          aria-hidden="true"
          @playing=${this.#onPlaying}
        ></video>
        ${this.connection === 'connected' ? nothing : this.#renderLabel()}
        <div part="name" class="chip name">
          ${this.muted && this.source === 'camera' ? icon(MicOff) : nothing}
          <span>${this.#title(name)}</span>
        </div>
        ${this.#renderMarks()}
        ${
          this.#drop.isOver
            ? html`<div part="drop" class="drop">
                ${icon(Upload)}${this.t('dropToSend', { name })}
              </div>`
            : nothing
        }
      </div>
    `;
  }

  #renderInitials(): TemplateResult {
    const name = this.person?.name ?? '';
    const shade = cssProperties({ '--person': personColor(this.person?.user ?? name) });
    return html`<div part="initials" class="avatar" ${shade} aria-hidden="true">
      <span>${initials(name || this.t('you'))}</span>
    </div>`;
  }

  #renderLabel(): TemplateResult {
    return html`<div class="label">
      <span>${this.#connectionWord()}</span>
      ${
        this.connection === 'failed'
          ? html`<button part="retry" type="button" @click=${this.#onRetry}>
              ${this.t('tryAgain')}
            </button>`
          : nothing
      }
    </div>`;
  }

  readonly #onRetry = (): void =>
    void this.rtc.request({ do: 'retry-peer', session: this.session });

  #renderMarks(): unknown {
    if (this.source === 'screen') return nothing;
    return html`
      ${this.person?.hand ? html`<div part="hand" class="chip top hand">${icon(Hand)}</div>` : nothing}
      ${
        this.quality && this.quality !== 'good' && this.connection === 'connected'
          ? html`<div part="quality" class="chip top quality" title=${this.#qualityWords()}>
              ${icon(Signal)}
            </div>`
          : nothing
      }
    `;
  }

  #title(name: string): string {
    if (this.source === 'screen') {
      return this.self ? this.t('yourScreen') : this.t('screenOf', { name });
    }
    return this.self ? this.t('you') : name;
  }

  /** The meaning of all marks, for screen readers. */
  #describe(name: string): string {
    const words = [this.#title(name)];
    if (this.source === 'screen') return words[0] ?? '';
    if (this.muted) words.push(this.t('muted'));
    if (this.person?.hand) words.push(this.t('handRaised'));
    if (this.quality && this.quality !== 'good') words.push(this.#qualityWords());
    if (this.connection !== 'connected') words.push(this.#connectionWord());
    return words.join(', ');
  }

  #qualityWords(): string {
    return qualityWords({ quality: this.quality, reason: this.qualityReason }, (key) =>
      this.t(key),
    );
  }

  #connectionWord(): string {
    return this.connection === 'connected' ? '' : this.t(LINK_WORDS[this.connection]);
  }

  readonly #onPlaying = (): void => {
    this.isPlaying = true;
  };
}

function connectionOf(peer: Peer): TileConnection {
  const { status } = peer.link;
  if (status === 'none') return 'connecting';
  // While only the peer's socket is broken, media still flows and the link counts as connected.
  return status;
}
