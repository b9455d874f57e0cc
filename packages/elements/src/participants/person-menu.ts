// What a host can do with one person, as a list of menu items. Pure.
import type { Peer } from '@rtc-elements/core';
import type { Role } from '@rtc-elements/protocol';

import type { MessageKey } from '../i18n/en.js';
import type { RtcAction } from '../session/requests/request-map.js';

/** A menu item. `isHarsh`: it removes somebody from the room. */
export interface PersonItem {
  readonly key: MessageKey;
  readonly action: RtcAction;
  readonly isHarsh?: boolean;
}

const MUTES = {
  microphone: 'muteTheirs',
  camera: 'cameraTheirs',
  screen: 'screenTheirs',
} as const satisfies Partial<Record<string, MessageKey>>;

const ROLE_KEYS: Readonly<Record<Role, MessageKey>> = {
  host: 'makeHost',
  speaker: 'makeSpeaker',
  listener: 'makeListener',
};

/** Only the items that would change something. */
export function personItems({ session, user, media, hand, role }: Peer): readonly PersonItem[] {
  const mutes = (['microphone', 'camera', 'screen'] as const)
    .filter((source) => media[source])
    .map((source): PersonItem => {
      return { key: MUTES[source], action: { do: 'mute-person', session, source } };
    });
  const roles = (['host', 'speaker', 'listener'] as const)
    .filter((other) => other !== role)
    .map((other): PersonItem => {
      return { key: ROLE_KEYS[other], action: { do: 'set-role', session, role: other } };
    });
  return [
    ...mutes,
    ...(hand ? [{ key: 'lowerTheirs', action: { do: 'lower-hand', session } } as const] : []),
    ...roles,
    { key: 'removePerson', action: { do: 'remove-person', session }, isHarsh: true },
    { key: 'banPerson', action: { do: 'ban-person', user }, isHarsh: true },
  ];
}
