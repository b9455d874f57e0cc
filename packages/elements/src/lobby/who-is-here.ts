// Says who is in the room.
import type { RoomPeople } from '@rtc-elements/core';

import type { MessageKey } from '../i18n/en.js';
import type { MessageParams } from '../i18n/localize.js';

/** For example "Aisha, Rahim and 2 more are here"; empty while unknown. */
export function whoIsHere(
  people: RoomPeople | null,
  t: (key: MessageKey, params?: MessageParams) => string,
): string {
  if (!people) return '';
  const { count, names } = people;
  const [a = '', b = ''] = names;
  if (count === 0) return t('nobodyHere');
  if (!a || (count > 1 && !b)) return t('countHere', { count });
  if (count === 1) return t('oneHere', { a });
  if (count === 2) return t('twoHere', { a, b });
  return t('manyHere', { a, b, count: count - 2 });
}
