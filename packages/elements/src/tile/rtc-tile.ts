// One picture on the stage: a person's camera, or a shared screen.
import type { Peer, Quality, QualityReason, RoomState, You } from '@rtc-elements/core';
import { type CSSResultGroup, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';

import { cssProperties } from '../base/css-properties.js';
import { icon } from '../base/icon.js';
import { Hand, MicOff, Signal } from '../base/icons.js';
import { RtcElement } from '../base/rtc-element.js';
import { enRoom } from '../i18n/en-room.js';
import { initials, personColor } from '../view/person.js';
import { qualityWords } from '../view/quality-words.js';
import { tileStyles } from './rtc-tile.styles.js';
import { TileView } from './tile-view.js';

/** How the link to the person of a tile is; our own is always `connected`. */
export type TileConnection = 'connecting' | 'connected' | 'reconnecting' | 'failed';

/**
 * @summary One person's picture, or a shared screen, with name, muted, speaking and quality marks.
 * @tag rtc-tile
 *
 * @csspart frame - The box of the picture.
 * @csspart video - The picture.
 * @csspart initials - The circle that stands in for a picture.
 * @csspart name - The chip with the name, and the muted mark in it.
 * @csspart quality - The mark of a fair or poor connection.
 * @csspart hand - The mark of a raised hand.
 * @csspart retry - The button that tries to reach somebody again.
 *
 * @cssprop [--rtc-accent] - The ring around somebody who speaks.
 * @cssprop [--rtc-tile=#20242c] - The tile without a picture.
 * @cssprop [--rtc-tile-ink=#fff] - Text on it.
 */
export class RtcTile extends RtcElement {
  static override styles: CSSResultGroup = [RtcElement.styles, tileStyles];
  static override words = enRoom;

  /** Whose: a session id of the snapshot; empty for ourselves. */
  @property() session = '';

  /** What: their camera or their screen. */
  @property({ reflect: true }) source: 'camera' | 'screen' = 'camera';

  /** It is our own. */
  @property({ type: Boolean, reflect: true }) self = false;

  /** They speak now. */
  @property({ type: Boolean, reflect: true }) speaking = false;

  /** Their microphone is off. */
  @property({ type: Boolean, reflect: true }) muted = false;

  /** How good the link to them is. */
  @property({ reflect: true }) quality: Quality | null = null;

  /** What it suffers from, where it is not good. */
  @property({ reflect: true, attribute: 'quality-reason' }) qualityReason: QualityReason | null =
    null;

  /** Whether there is a link to them. */
  @property({ reflect: true }) connection: TileConnection = 'connected';

  @state() private person: Peer | You | null = null;
  @state() private hasPicture = false;
  @state() private isPlaying = false;
  @query('video') private video!: HTMLVideoElement;
  #track: MediaStreamTrack | null = null;
  readonly #view = new TileView(this);

  override connectedCallback(): void {
    super.connectedCallback();
    this.#view.start();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#view.stop();
    // A picture that plays is kept in memory by Chromium, and the whole tile with it.
    if (this.hasUpdated) this.video.srcObject = null;
    this.rtc.shared?.awaitedPictures.delete(this);
  }

  protected override takeState({ you, peers, media }: RoomState): void {
    const peer = peers.find(({ session }) => session === this.session);
    this.self = this.session === '';
    // Who has left is on the stage until it is drawn anew; nobody else takes their place.
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
    // What was asked for before it was removed comes after it.
    if (!this.isConnected) return;
    this.#tellAwaited();
    this.#view.tell(this.rtc.room, this.self ? '' : this.session, this.source);
    const shown = (this.video.srcObject as MediaStream | null)?.getVideoTracks()[0] ?? null;
    if (shown === this.#track) return;
    this.video.srcObject = this.#track && new MediaStream([this.#track]);
    // A picture without sound may always play; a rejection only says that it was replaced meanwhile.
    if (this.#track) void this.video.play().catch(() => undefined);
  }

  /** Others wait with what is less urgent until the first picture is there. */
  #tellAwaited(): void {
    const { shared } = this.rtc;
    if (this.self || !shared) return;
    if (this.isPlaying) shared.notePicture();
    if (this.hasPicture && !this.isPlaying) shared.awaitedPictures.add(this);
    else shared.awaitedPictures.delete(this);
  }

  protected override render(): TemplateResult {
    const name = this.person?.name ?? '';
    const showsInitials = this.source === 'camera' && !(this.hasPicture && this.isPlaying);
    return html`
      <div part="frame" class="frame" role="group" aria-label=${this.#describe(name)}>
        ${showsInitials ? this.#renderInitials(name) : nothing}
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
      </div>
    `;
  }

  #renderInitials(name: string): TemplateResult {
    const shade = cssProperties({ '--person': personColor(this.person?.user ?? name) });
    return html`<div part="initials" class="avatar" ${shade} aria-hidden="true">
      ${initials(name || this.t('you'))}
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

  /** One more try for a peer that was given up. */
  readonly #onRetry = (): void => this.rtc.room?.retryPeer(this.session);

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

  /** All that the marks say, in words. */
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
    return this.t(this.connection === 'failed' ? 'unreachable' : (this.connection as 'connecting'));
  }

  readonly #onPlaying = (): void => {
    this.isPlaying = true;
  };
}

function connectionOf(peer: Peer): TileConnection {
  const { status } = peer.link;
  if (status === 'none') return 'connecting';
  // Their socket broke, but media still flows: nothing to worry anybody with.
  return status;
}
