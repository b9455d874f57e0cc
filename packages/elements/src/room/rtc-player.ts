// <rtc-player>: plays the sound of the call through hidden audio elements.
import type { Room, RoomState } from '@rtc-elements/core';
import type { Source } from '@rtc-elements/protocol';
import { css, type CSSResultGroup, html, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';

import { RtcElement } from '../base/rtc-element.js';
import type { SharedRoom } from '../session/shared-room.js';

interface Voice {
  readonly session: string;
  readonly source: Source;
}

const SOUNDS: readonly Source[] = ['microphone', 'screen-audio'];

/**
 * @summary Plays the sound of the call. If several show one room, one of them plays it. Used by `<rtc-room>`; pages do not need it.
 * @tag rtc-player
 */
export class RtcPlayer extends RtcElement {
  static override styles: CSSResultGroup = css`
    :host {
      display: none;
    }
  `;

  @state() private voices: readonly Voice[] = [];
  /** What plays, each with what ends it. */
  readonly #playing = new Map<HTMLAudioElement, () => void>();
  /** The session whose sound it has claimed, or waits to claim. */
  #shared: SharedRoom | null = null;
  /** Whether it plays; another player of the same session may do so instead. */
  #isPlayer = false;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#follow(null);
  }

  protected override update(changed: PropertyValues): void {
    // An update that was requested before a removal happens after it.
    this.#follow(this.isConnected ? this.rtc.shared : null);
    super.update(changed);
  }

  #follow(shared: SharedRoom | null): void {
    if (shared !== this.#shared) {
      this.#silence();
      this.#shared?.owners.release('sound', this);
      this.#shared = shared;
    }
    this.#isPlayer = shared?.owners.claim('sound', this) ?? false;
    if (!this.#isPlayer) this.voices = [];
  }

  protected override takeState({ peers }: RoomState): void {
    if (!this.#isPlayer) return;
    this.voices = peers.flatMap(({ session }) =>
      SOUNDS.flatMap((source) => (this.rtc.getTrack(session, source) ? [{ session, source }] : [])),
    );
  }

  protected override render(): TemplateResult {
    return html`${repeat(
      this.voices,
      ({ session, source }) => `${session} ${source}`,
      () => html`<audio></audio>`,
    )}`;
  }

  protected override updated(): void {
    const room = this.#shared?.room;
    const audios = [...this.renderRoot.querySelectorAll('audio')];
    this.#silence((audio) => !audios.includes(audio));
    if (room) audios.forEach((audio, index) => this.#play(audio, room, this.voices[index]));
  }

  #play(audio: HTMLAudioElement, room: Room, voice: Voice | undefined): void {
    if (!voice || this.#playing.has(audio)) return;
    this.#playing.set(audio, room.attach(audio, voice.session, voice.source));
  }

  /** Browsers keep playing an audio element that was removed from the page. */
  #silence(which: (audio: HTMLAudioElement) => boolean = () => true): void {
    for (const [audio, end] of this.#playing) {
      if (!which(audio)) continue;
      this.#playing.delete(audio);
      end();
    }
  }
}
