// <rtc-lobby>: the screen before the call.
import { type MediaChoice, peekRoom, type RoomPeople, type RoomState } from '@rtc-elements/core';
import { type CSSResultGroup, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';

import { icon } from '../base/icon.js';
import { Mic, MicOff, Video, VideoOff } from '../base/icons/call.js';
import { ChevronDown } from '../base/icons/common.js';
import { CircleAlert } from '../base/icons/entering.js';
import { RtcElement } from '../base/rtc-element.js';
import {
  chosenDevice,
  deviceLabel,
  devicesOf,
  KIND_WORDS,
  useDevice,
} from '../controls/device-items.js';
import { enLobby } from '../i18n/en-lobby.js';
import type { SharedRoom } from '../session/shared-room.js';
import { TILE_PARTS } from '../tile/tile-parts.js';
import { lobbyStyles } from './rtc-lobby.styles.js';
import { playTestSound } from './test-sound.js';
import { whoIsHere } from './who-is-here.js';

/**
 * @summary The screen before the call: preview, name, devices, who is in the room, and a button to join.
 * @tag rtc-lobby
 *
 * @slot - Below the button.
 *
 * @fires rtc-request - `join` with the name, and what the device buttons request.
 *
 * @csspart preview - The box of the camera preview, which is a tile.
 * @csspart title - "Join <room>".
 * @csspart form - The form with name, devices and the button.
 * @csspart field - Each input and select.
 * @csspart join - The button to join.
 */
export class RtcLobby extends RtcElement {
  static override styles: CSSResultGroup = [RtcElement.styles, lobbyStyles];
  static override words = enLobby;

  /** The initial display name. */
  @property() name = '';

  /** Who is in the room; `null` while unknown. */
  @state() private people: RoomPeople | null = null;
  @state() private typed: string | null = null;
  @state() private isNameMissing = false;
  @state() private isTesting = false;
  #peeked: SharedRoom | null = null;
  /** The room whose devices it has turned on, as the one lobby that does. */
  #previewed: SharedRoom | null = null;
  /** The wishes for devices when it last rendered. */
  #wishes: { shared: SharedRoom | null; audio: MediaChoice; video: MediaChoice } | null = null;

  /** The name that was typed is the person's, in every room. */
  protected override roomChanged(): void {
    this.people = null;
    this.isNameMissing = false;
  }

  protected override updated(): void {
    const { shared, state } = this.rtc;
    this.#previewLate(shared);
    if (!this.isConnected || !shared) return;
    if (state?.connection === 'closed' || shared.isCalling) return;
    if (shared !== this.#previewed && this.rtc.owns('preview')) {
      this.#previewed = shared;
      this.#preview(shared);
    }
    if (shared === this.#peeked) return;
    this.#peeked = shared;
    if (state?.connection === 'idle' && !shared.isAdopted) void this.#peek(shared);
  }

  /** Neither a second lobby of the same session nor one that comes late turns on what somebody has turned off before. */
  #preview({ options: { audio = true, video = true }, switched }: SharedRoom): void {
    if (audio === true && !switched.has('microphone'))
      void this.rtc.request({ do: 'toggle-microphone', force: true });
    if (video === true && !switched.has('camera'))
      void this.rtc.request({ do: 'toggle-camera', force: true });
  }

  /** A device that was not to be requested and is now, unless somebody has turned it off before. */
  #previewLate(shared: SharedRoom | null): void {
    const { audio = true, video = true } = shared?.options ?? {};
    const before = this.#wishes;
    this.#wishes = { shared, audio, video };
    if (!shared || before?.shared !== shared || shared !== this.#previewed || shared.isCalling)
      return;
    if (before.audio === false && audio === true && shared.switched.get('microphone') !== false)
      void this.rtc.request({ do: 'toggle-microphone', force: true });
    if (before.video === false && video === true && shared.switched.get('camera') !== false)
      void this.rtc.request({ do: 'toggle-camera', force: true });
  }

  /** If the room does not say who is in it, the lobby shows nobody. */
  async #peek(shared: SharedRoom): Promise<void> {
    const people = await peekRoom(shared.options).catch(() => null);
    if (shared === this.rtc.shared) this.people = people;
  }

  protected override render(): unknown {
    const { state } = this.rtc;
    if (!state) return nothing;
    const isJoining = this.#isJoining;
    const names = state.peers.map(({ name }) => name);
    const inCall = state.peers.filter(({ call }) => call > 0).length;
    const { meshMembers } = state.limits;
    const people = state.you ? { count: names.length, names, inCall, meshMembers } : this.people;
    return html`<div class="lobby">
      <div part="preview" class="preview">
        <rtc-tile exportparts=${TILE_PARTS}></rtc-tile>
        <div class="buttons">
          ${this.#renderToggle(state, 'microphone')} ${this.#renderToggle(state, 'camera')}
        </div>
      </div>
      <form part="form" @submit=${this.#onSubmit} novalidate>
        <div>
          <h2 part="title" tabindex="-1" data-focus>${this.t('joinRoom', { room: state.room })}</h2>
          <p class="here" aria-live="polite">${this.#whoIsHere(people)}</p>
        </div>
        ${this.#renderName()} ${this.#renderPicker(state, 'audioinput')}
        ${this.#renderPicker(state, 'videoinput')} ${this.#renderPicker(state, 'audiooutput')}
        ${this.#renderProblem(state)}
        <button part="join" class="primary" aria-disabled=${isJoining}>
          ${this.t(isJoining ? 'joining' : 'join')}
        </button>
        <rtc-network-check exportparts="verdict, check, good, fair, poor"></rtc-network-check>
        <slot></slot>
      </form>
    </div>`;
  }

  get #isJoining(): boolean {
    return this.rtc.state?.connection === 'connecting' && this.rtc.shared?.isCalling === true;
  }

  /** Whether the call has no place left, as far as is known. */
  #isFull(people: RoomPeople | null): boolean {
    const { inCall = 0, meshMembers = Infinity } = people ?? {};
    const { maxPeers, engine = 'mesh' } = this.rtc.shared?.options ?? {};
    // What connects the call otherwise has limits of its own.
    return engine === 'mesh' && inCall >= (maxPeers ?? meshMembers);
  }

  #whoIsHere(people: RoomPeople | null): string {
    const here = whoIsHere(people, this.t.bind(this));
    if (!this.#isFull(people)) return here;
    return `${here}. ${this.why({ code: 'call-full', message: this.t('callFull') })}`;
  }

  /** With `audio="off"` or `video="off"`, the device is never requested. */
  #mayUse(source: 'microphone' | 'camera'): boolean {
    const { audio, video } = this.rtc.shared?.options ?? {};
    return (source === 'camera' ? video : audio) !== false;
  }

  #renderToggle({ media }: RoomState, source: 'microphone' | 'camera'): unknown {
    if (!this.#mayUse(source)) return nothing;
    const isOn = media[source].status !== 'off';
    const [on, off] = source === 'camera' ? [Video, VideoOff] : [Mic, MicOff];
    return html`<button
      type="button"
      class=${isOn ? '' : 'off'}
      aria-pressed=${isOn}
      aria-label=${this.t(source)}
      @click=${() => this.rtc.request({ do: `toggle-${source}` })}
    >
      ${icon(isOn ? on : off)}
    </button>`;
  }

  #renderName(): TemplateResult {
    return html`<div>
      <label for="name">${this.t('yourName')}</label>
      <input
        part="field"
        class="field"
        id="name"
        autocomplete="name"
        maxlength="64"
        .value=${live(this.typed ?? this.name)}
        aria-invalid=${this.isNameMissing}
        aria-describedby=${this.isNameMissing ? 'problem' : nothing}
        @input=${this.#onInput}
      />
    </div>`;
  }

  #renderPicker({ media }: RoomState, kind: MediaDeviceKind): unknown {
    if (kind !== 'audiooutput' && !this.#mayUse(KIND_WORDS[kind])) return nothing;
    const devices = devicesOf(media, kind);
    const word = this.t(KIND_WORDS[kind]);
    const chosen = chosenDevice(media, this.rtc.shared?.choices ?? {}, kind);
    const picker = html`<div class="picker">
      <label for=${kind}>${word}</label>
      <select
        part="field"
        class="field"
        id=${kind}
        ?disabled=${devices.length === 0}
        @change=${this.#onPick}
      >
        ${devices.length === 0 ? html`<option value="">${this.t('systemDefault')}</option>` : nothing}
        ${devices.map(
          (device, index) =>
            html`<option value=${device.deviceId} .selected=${device.deviceId === chosen}>
              ${deviceLabel(device, word, index)}
            </option>`,
        )}
      </select>
      ${icon(ChevronDown)}
    </div>`;
    if (kind === 'videoinput') return picker;
    if (kind === 'audioinput')
      return html`<div>
        ${picker}<rtc-level-meter exportparts="track:meter-track"></rtc-level-meter>
      </div>`;
    return html`<div class="row">
      ${picker}
      <button
        type="button"
        class="test"
        title=${this.t('testSpeaker')}
        aria-disabled=${this.isTesting}
        @click=${this.#onTest}
      >
        ${this.t('test')}
      </button>
    </div>`;
  }

  #whatIsWrong({ media, problem }: RoomState): string {
    if (problem) return this.why(problem);
    for (const source of ['camera', 'microphone'] as const) {
      const { problem: wrong } = media[source];
      if (wrong) return this.why(wrong, { device: this.t(source) });
    }
    return '';
  }

  #renderProblem(state: RoomState): unknown {
    const text = this.isNameMissing ? this.t('nameMissing') : this.#whatIsWrong(state);
    return html`<p id="problem" class="problem" role="alert" ?hidden=${!text}>
      ${icon(CircleAlert)}<span>${text}</span>
    </p>`;
  }

  readonly #onInput = (event: Event): void => {
    this.typed = (event.target as HTMLInputElement).value;
    this.isNameMissing = false;
  };

  readonly #onPick = ({ target }: Event): void => {
    const { id, value } = target as HTMLSelectElement;
    void this.rtc.request(useDevice(id as MediaDeviceKind, value));
  };

  readonly #onTest = async (): Promise<void> => {
    // Not `disabled`, as that would lose the focus.
    if (this.isTesting) return;
    this.isTesting = true;
    await playTestSound(this.rtc.state?.media.speakerId ?? null).catch(() => undefined);
    this.isTesting = false;
  };

  readonly #onSubmit = (event: Event): void => {
    event.preventDefault();
    if (this.#isJoining) return;
    const name = (this.typed ?? this.name).trim();
    this.isNameMissing = name === '';
    if (name) void this.rtc.request({ do: 'join', name });
    else this.renderRoot.querySelector<HTMLInputElement>('#name')?.focus();
  };
}
