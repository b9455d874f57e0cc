// <rtc-lobby>: the screen before the call.
import { peekRoom, type RoomPeople, type RoomState } from '@rtc-elements/core';
import { type CSSResultGroup, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';

import { icon } from '../base/icon.js';
import { ChevronDown, CircleAlert, Mic, MicOff, Video, VideoOff } from '../base/icons.js';
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
 * @csspart preview - The box of the camera preview. The parts of the tile in it are exported as `tile-frame`, `tile-video`, `tile-initials`, `tile-name`, `tile-quality`, `tile-hand` and `tile-retry`.
 * @csspart title - "Join <room>".
 * @csspart form - The form with name, devices and the button.
 * @csspart field - Each input and select.
 * @csspart join - The button to join.
 * @csspart meter-track - The level of the microphone.
 * @csspart verdict - The result of the network check; also `good`, `fair` and `poor`.
 * @csspart check - The button that starts the network check.
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
  #previewed: SharedRoom | null = null;

  protected override updated(): void {
    const { shared, state } = this.rtc;
    if (!shared || shared === this.#previewed || state?.connection === 'closed') return;
    if (shared.isCalling) return;
    this.#previewed = shared;
    const { audio = true, video = true } = shared.options;
    if (audio === true) void this.rtc.request({ do: 'toggle-microphone', force: true });
    if (video === true) void this.rtc.request({ do: 'toggle-camera', force: true });
    if (state?.connection === 'idle' && !shared.isAdopted) void this.#peek(shared);
  }

  /** If the room does not say who is in it, the lobby shows nobody. */
  async #peek({ options }: SharedRoom): Promise<void> {
    this.people = await peekRoom(options).catch(() => null);
  }

  protected override render(): unknown {
    const { state } = this.rtc;
    if (!state) return nothing;
    const isJoining = state.connection === 'connecting' && this.rtc.shared?.isCalling === true;
    const names = state.peers.map(({ name }) => name);
    const people = state.you ? { count: names.length, names } : this.people;
    return html`<div class="lobby">
      <div part="preview" class="preview">
        <rtc-tile exportparts=${TILE_PARTS}></rtc-tile>
        <div class="buttons">
          ${this.#renderToggle(state, 'microphone')} ${this.#renderToggle(state, 'camera')}
        </div>
      </div>
      <form part="form" @submit=${this.#onSubmit} novalidate>
        <div>
          <h2 part="title">${this.t('joinRoom', { room: state.room })}</h2>
          <p class="here" aria-live="polite">${whoIsHere(people, this.t.bind(this))}</p>
        </div>
        ${this.#renderName()} ${this.#renderPicker(state, 'audioinput')}
        ${this.#renderPicker(state, 'videoinput')} ${this.#renderPicker(state, 'audiooutput')}
        ${this.#renderProblem(state)}
        <button part="join" class="primary" ?disabled=${isJoining}>
          ${this.t(isJoining ? 'joining' : 'join')}
        </button>
        <rtc-network-check exportparts="verdict, check, good, fair, poor"></rtc-network-check>
        <slot></slot>
      </form>
    </div>`;
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
        ?disabled=${this.isTesting}
        @click=${this.#onTest}
      >
        ${this.t('test')}
      </button>
    </div>`;
  }

  #renderProblem({ media, problem }: RoomState): unknown {
    const text = this.isNameMissing
      ? this.t('nameMissing')
      : (problem ?? media.camera.problem ?? media.microphone.problem)?.message;
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
    this.isTesting = true;
    await playTestSound(this.rtc.state?.media.speakerId ?? null).catch(() => undefined);
    this.isTesting = false;
  };

  readonly #onSubmit = (event: Event): void => {
    event.preventDefault();
    const name = (this.typed ?? this.name).trim();
    this.isNameMissing = name === '';
    if (name) void this.rtc.request({ do: 'join', name });
    else this.renderRoot.querySelector<HTMLInputElement>('#name')?.focus();
  };
}
