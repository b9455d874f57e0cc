/**
 * Requests take effect in the order in which they were made, although some are carried out later than others: their code
 * is loaded first, or they come from elements that are not ours.
 */
import { RtcError } from '@rtc-elements/core';

import type { SharedRoom } from '../shared-room.js';
import type { RequestName } from './request-map.js';

type Topic = 'microphone' | 'camera' | 'screen' | 'stay';

/** What a request decides, so that an older one about the same comes too late. */
const TOPICS: Partial<Record<RequestName, readonly Topic[]>> = {
  join: ['stay'],
  rejoin: ['stay'],
  'move-call': ['stay'],
  leave: ['stay', 'microphone', 'camera', 'screen'],
  'leave-call': ['stay', 'microphone', 'camera', 'screen'],
  'toggle-microphone': ['microphone'],
  'use-microphone': ['microphone'],
  'toggle-camera': ['camera'],
  'use-camera': ['camera'],
  'toggle-screen': ['screen'],
  'share-screen': ['screen'],
};

let made = 0;

/** The newest request that was carried out in a room, by what it decides. */
const newest = new WeakMap<SharedRoom, Map<Topic, number>>();

/** To be called when a request is made; the result says when that was. */
export const takeTurn = (): number => (made += 1);

/**
 * To be called when a request is carried out.
 * @throws RtcError `aborted` if something else was asked for since.
 */
export function keepOrder(shared: SharedRoom, name: RequestName, turn: number): void {
  const turns = newest.get(shared) ?? new Map<Topic, number>();
  newest.set(shared, turns);
  const topics = TOPICS[name] ?? [];
  if (topics.some((topic) => (turns.get(topic) ?? 0) > turn)) {
    throw new RtcError('aborted', 'Something else was asked for before this was done.');
  }
  for (const topic of topics) turns.set(topic, turn);
}
