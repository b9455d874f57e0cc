// Translates the attributes of `<rtc-room>` to options of a Room.
import type { Engines } from '@rtc-elements/core';

import { enginesOf } from '../session/engines.js';
import type { SharedRoomRequest } from '../session/room-registry.js';

/** How a device starts: `off` is never requested, `muted` is requested but starts off. */
export type DeviceStart = 'on' | 'off' | 'muted';

/** The attributes that concern the call. */
export interface CallAttributes {
  readonly audio: DeviceStart;
  readonly video: DeviceStart;
  readonly pushToTalk: string | null;
  readonly holdMicrophone: boolean;
  readonly privacy: 'relay' | null;
  readonly maxPeers: number | null;
  readonly dataSaver: boolean;
  readonly iceServers: readonly RTCIceServer[];
  readonly engine: string | null;
  readonly engines: Engines;
}

const AS_OPTION = { on: true, off: false, muted: 'muted' } as const;

/** The options. An attribute with an unknown value counts as the default. */
export function callOptions(attributes: CallAttributes): Omit<SharedRoomRequest, 'room' | 'name'> {
  const { audio, video, pushToTalk, holdMicrophone, privacy, maxPeers, dataSaver } = attributes;
  const engines = enginesOf(attributes.engines);
  return {
    call: true,
    audio: AS_OPTION[audio] ?? true,
    video: AS_OPTION[video] ?? true,
    iceServers: attributes.iceServers,
    ...(Object.keys(engines).length > 0 && { engines }),
    ...(attributes.engine && { engine: attributes.engine }),
    // Push-to-talk needs a microphone that is already open.
    ...((holdMicrophone || pushToTalk !== null) && { holdMicrophone: true }),
    ...(privacy === 'relay' && { privacy }),
    ...(dataSaver && { dataSaver }),
    ...(maxPeers !== null && { maxPeers }),
  };
}
