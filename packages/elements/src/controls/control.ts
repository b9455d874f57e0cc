// The buttons of the bar as data: what each shows, and what it requests.
import type { RoomState } from '@rtc-elements/core';

import type { IconNode } from '../base/icon.js';
import { Hand, Mic, MicOff, MonitorUp, Users, Video, VideoOff } from '../base/icons/call.js';
import type { Translate } from '../i18n/localize.js';
import type { RtcAction } from '../session/requests/request-map.js';
import type { Panel } from '../session/interface-state.js';

/** A button for one request. */
export interface Control {
  readonly token: string;
  readonly icon: IconNode;
  /** What the button switches. */
  readonly label: string;
  /** What a click does in the current state. */
  readonly hint: string;
  readonly action: RtcAction;
  readonly pressed: boolean;
  readonly tone?: string;
}

/** The button for the microphone or the camera. */
export function deviceControl(
  { media }: RoomState,
  source: 'microphone' | 'camera',
  t: Translate,
): Control {
  const isOn = media[source].status !== 'off';
  const state = { pressed: isOn, tone: isOn ? '' : 'off' };
  return source === 'microphone'
    ? {
        ...state,
        token: 'mic',
        icon: isOn ? Mic : MicOff,
        label: t('microphone'),
        hint: t(isOn ? 'muteMicrophone' : 'unmuteMicrophone'),
        action: { do: 'toggle-microphone' },
      }
    : {
        ...state,
        token: 'camera',
        icon: isOn ? Video : VideoOff,
        label: t('camera'),
        hint: t(isOn ? 'cameraTurnOff' : 'cameraTurnOn'),
        action: { do: 'toggle-camera' },
      };
}

/** The buttons that move into the menu on a narrow bar. */
export function rareControls(
  { media, you }: RoomState,
  panel: Panel | null,
  t: Translate,
): Control[] {
  const isSharing = media.screen.status !== 'off';
  const hasHand = you?.hand ?? false;
  const controls: Control[] = [
    {
      token: 'screen',
      icon: MonitorUp,
      label: t('shareScreen'),
      hint: t(isSharing ? 'stopScreen' : 'shareScreen'),
      action: { do: 'toggle-screen' },
      pressed: isSharing,
    },
    {
      token: 'hand',
      icon: Hand,
      label: t('raiseHand'),
      hint: t(hasHand ? 'lowerHand' : 'raiseHand'),
      action: { do: 'toggle-hand' },
      pressed: hasHand,
    },
    {
      token: 'people',
      icon: Users,
      label: t('people'),
      hint: t('people'),
      action: { do: 'toggle-panel', panel: 'people' },
      pressed: panel === 'people',
    },
  ];
  return controls.filter(({ token }) => token !== 'screen' || canShareScreen());
}

const canShareScreen = (): boolean =>
  typeof MediaDevices !== 'undefined' && 'getDisplayMedia' in MediaDevices.prototype;
