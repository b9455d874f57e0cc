// <rtc-player>: plays the sound of the call through hidden audio elements.
import type { RoomState } from '@rtc-elements/core';
import type { Source } from '@rtc-elements/protocol';
import { css, type CSSResultGroup, html, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';

import { RtcElement } from '../base/rtc-element.js';
import type { SharedRoom } from '../session/shared-room.js';

interface Voice {
  readonly key: string;
  readonly track: MediaStreamTrack;
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
  #playing: readonly HTMLAudioElement[] = [];
  #speakerId = '';
  #isBlocked = false;
  /** The room whose playback it has claimed, or waits to claim. */
  #shared: SharedRoom | null = null;
  /** Whether it plays; another player of the same room may do so instead. */
  #isPlayer = false;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#silence(this.#playing);
    this.#playing = [];
    this.#follow(null);
  }

  protected override update(changed: PropertyValues): void {
    // An update that was requested before a removal happens after it.
    this.#follow(this.isConnected ? this.rtc.shared : null);
    super.update(changed);
  }

  #follow(shared: SharedRoom | null): void {
    if (shared !== this.#shared) {
      this.#isBlocked = false;
      this.#shared?.playback.release(this);
      this.#shared = shared;
    }
    this.#isPlayer = shared?.playback.claim(this) ?? false;
    if (!this.#isPlayer) this.voices = [];
  }

  protected override takeState({ peers, media }: RoomState): void {
    // While the chosen speaker is unplugged, the default plays; it is used again when it is back.
    const isHere = media.devices.some(({ deviceId }) => deviceId === media.speakerId);
    this.#speakerId = (isHere && media.speakerId) || '';
    if (!this.#isPlayer) return;
    this.voices = peers.flatMap(({ session }) =>
      SOUNDS.flatMap((source) => {
        const track = this.rtc.getTrack(session, source);
        return track ? [{ key: `${session} ${source}`, track }] : [];
      }),
    );
  }

  protected override render(): TemplateResult {
    return html`${repeat(
      this.voices,
      ({ key }) => key,
      () => html`<audio></audio>`,
    )}`;
  }

  protected override updated(): void {
    const audios = this.#audios();
    this.#silence(this.#playing.filter((audio) => !audios.includes(audio)));
    this.#playing = audios;
    audios.forEach((audio, index) => {
      const track = this.voices[index]?.track;
      if (!track) return;
      const playing = (audio.srcObject as MediaStream | null)?.getAudioTracks()[0];
      if (playing !== track) {
        audio.srcObject = new MediaStream([track]);
        void this.#play(audio);
      }
      // Browsers without `setSinkId` use the system's default output.
      if ('setSinkId' in audio && audio.sinkId !== this.#speakerId) {
        audio.setSinkId(this.#speakerId).catch(() => undefined);
      }
    });
  }

  /** Browsers keep playing an audio element that was removed from the page. */
  #silence(audios: readonly HTMLAudioElement[]): void {
    for (const audio of audios) audio.srcObject = null;
  }

  async #play(audio: HTMLAudioElement): Promise<void> {
    try {
      await audio.play();
    } catch (error) {
      if (!this.#playing.includes(audio)) return;
      if (error instanceof DOMException && error.name === 'NotAllowedError') this.#setBlocked(true);
    }
  }

  #setBlocked(blocked: boolean): void {
    if (blocked === this.#isBlocked) return;
    this.#isBlocked = blocked;
    this.#shared?.playback.setSound({ blocked, enable: this.#enable });
  }

  /** Must be called within a click. */
  readonly #enable = async (): Promise<void> => {
    this.#setBlocked(false);
    await Promise.all(this.#audios().map((audio) => this.#play(audio)));
  };

  #audios(): HTMLAudioElement[] {
    return [...this.renderRoot.querySelectorAll('audio')];
  }
}
