// The menu items for choosing a device.
import type { Device, LocalMediaState } from '@rtc-elements/core';
import { html, type TemplateResult } from 'lit';

import { icon } from '../base/icon.js';
import { Check } from '../base/icons/common.js';
import type { MessageKey } from '../i18n/en.js';
import type { RtcAction } from '../session/requests/request-map.js';
import type { DeviceChoices } from '../session/shared-room.js';

/** The text for each kind of device. */
export const KIND_WORDS = {
  audioinput: 'microphone',
  videoinput: 'camera',
  audiooutput: 'speaker',
} as const satisfies Record<MediaDeviceKind, MessageKey>;

/** What a device menu shows, and what it does. */
export interface DeviceMenu {
  readonly media: LocalMediaState;
  readonly choices: DeviceChoices;
  readonly t: (key: MessageKey) => string;
  readonly choose: (action: RtcAction) => void;
}

/** A group of radio items for each of `kinds` of which there is a device. */
export function renderDeviceItems(
  kinds: readonly MediaDeviceKind[],
  { media, choices, t, choose }: DeviceMenu,
): TemplateResult[] {
  return kinds.flatMap((kind) => {
    const devices = devicesOf(media, kind);
    if (devices.length === 0) return [];
    const word = t(KIND_WORDS[kind]);
    const current = chosenDevice(media, choices, kind);
    return html`<div role="group" aria-label=${word}>
      <h3 role="presentation">${word}</h3>
      ${devices.map(
        (device, index) =>
          html`<button
            type="button"
            role="menuitemradio"
            aria-checked=${device.deviceId === current}
            tabindex="-1"
            @click=${() => choose(useDevice(kind, device.deviceId))}
          >
            ${icon(Check)}<span>${deviceLabel(device, word, index)}</span>
          </button>`,
      )}
    </div>`;
  });
}

/** The devices of a kind, without those whose id the browser does not reveal yet. */
export const devicesOf = ({ devices }: LocalMediaState, kind: MediaDeviceKind): readonly Device[] =>
  devices.filter((device) => device.kind === kind && device.deviceId !== '');

/**
 * The id of the device that is in use, or will be. The first device represents the system's default.
 */
export function chosenDevice(
  media: LocalMediaState,
  choices: DeviceChoices,
  kind: MediaDeviceKind,
): string {
  const chosen = {
    audioinput: choices.microphone ?? media.microphone.deviceId,
    videoinput: choices.camera ?? media.camera.deviceId,
    audiooutput: media.speakerId,
  }[kind];
  return chosen ?? devicesOf(media, kind)[0]?.deviceId ?? '';
}

/** The label of the device, or for example "Camera 2". */
export const deviceLabel = (device: Device, word: string, index: number): string =>
  device.label || `${word} ${index + 1}`;

/** The request that selects the device. */
export function useDevice(kind: MediaDeviceKind, deviceId: string): RtcAction {
  if (kind === 'audioinput') return { do: 'use-microphone', deviceId };
  if (kind === 'videoinput') return { do: 'use-camera', deviceId };
  return { do: 'use-speaker', deviceId };
}
