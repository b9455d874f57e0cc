// Translates the attributes of `<rtc-room>` to options of a Room.
import type { Engines, MediaChoice } from '@rtc-elements/core';

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

const AS_OPTION: Readonly<Record<string, MediaChoice>> = { on: true, off: false, muted: 'muted' };

/** An attribute that is absent or empty is the default. What cannot be read is left to core, which refuses it. */
const deviceWish = (start: DeviceStart | '' | null | undefined): MediaChoice =>
  start ? (AS_OPTION[start] ?? (start as MediaChoice)) : true;

/** The options. Core refuses those that it cannot read, with a warning. */
export function callOptions(attributes: CallAttributes): Omit<SharedRoomRequest, 'room' | 'name'> {
  const { audio, video, pushToTalk, holdMicrophone, privacy, maxPeers, dataSaver } = attributes;
  const engines = enginesOf(attributes.engines);
  return {
    call: true,
    audio: deviceWish(audio),
    video: deviceWish(video),
    iceServers: attributes.iceServers,
    ...(Object.keys(engines).length > 0 && { engines }),
    ...(attributes.engine && { engine: attributes.engine }),
    // Push-to-talk needs a microphone that is already open.
    ...((holdMicrophone || pushToTalk !== null) && { holdMicrophone: true }),
    ...(privacy && { privacy }),
    ...(dataSaver && { dataSaver: true }),
    ...(maxPeers !== null && { maxPeers }),
  };
}
