// What can be done with one person, as a list of menu items. Pure.
import type { Peer, You } from '@rtc-elements/core';
import type { Role } from '@rtc-elements/protocol';

import type { MessageKey } from '../i18n/en.js';
import type { RtcAction } from '../session/requests/request-map.js';
import { mayModerate } from '../view/may-moderate.js';

/** A menu item. `isHarsh`: it removes somebody from the room. */
export interface PersonItem {
  readonly key: MessageKey;
  /** `pick-files`: sends files that are chosen first. */
  readonly action: RtcAction | 'pick-files';
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

/** What `you` can do with a peer: only the items that would have an effect. */
export const personItems = (peer: Peer, you: You): readonly PersonItem[] => [
  ...(you.role === 'listener' ? [] : [{ key: 'sendTheirs', action: 'pick-files' } as const]),
  ...(mayModerate(you) ? hostItems(peer) : []),
];

function hostItems({ session, user, media, hand, role }: Peer): readonly PersonItem[] {
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
