// Answers requests of elements that are not ours: in the room that they mean, and not too many at once.
import { RtcError } from '@rtc-elements/core';

import type { SharedRoom } from '../shared-room.js';
import { failed, noRoomError } from './outcome.js';
import { readAction } from './read-parameters.js';
import { RequestLimit } from './request-limit.js';
import type { RequestName, RequestOutcome, RtcAction } from './request-map.js';

/** A request as an event carries it: `action` in ours, `detail` in a `CustomEvent`. */
export interface ForeignRequest extends Event {
  readonly action?: unknown;
  readonly detail?: unknown;
}

/** Where a request was heard. */
export interface RequestPlace {
  /** From the target of the event to the element that heard it, exclusively. */
  readonly path: readonly EventTarget[];
  /** The room of the element that heard it; `null` at the window, or as long as there is none. */
  around(): SharedRoom | null;
  readonly carryOut: (action: RtcAction, shared: SharedRoom) => Promise<RequestOutcome>;
}

const limits = new WeakMap<SharedRoom, RequestLimit>();

/** What an interface says all the time, and core tells others at a rate of its own. */
const UNLIMITED: ReadonlySet<RequestName> = new Set(['show-picture', 'set-typing', 'mark-read']);

/** Answers a request, after every listener had a chance to prevent it. Never rejects. */
export async function answerForeignRequest(
  event: ForeignRequest,
  { path, around, carryOut }: RequestPlace,
): Promise<RequestOutcome> {
  if (event.defaultPrevented) return { status: 'prevented' };
  try {
    if (!event.cancelable) throw notCancelable();
    const action = readAction(event.action ?? event.detail);
    const shared = roomOf(path, around());
    if (!shared) throw noRoomError();
    if (UNLIMITED.has(action.do)) return await carryOut(action, shared);
    const limit = limits.get(shared) ?? new RequestLimit();
    limits.set(shared, limit);
    const release = limit.take();
    return await carryOut(action, shared).finally(release);
  } catch (error) {
    return refused(error);
  }
}

/** What a foreign object throws may throw again when it is looked at. */
function refused(error: unknown): RequestOutcome {
  try {
    return failed(error);
  } catch {
    return failed(new RtcError('protocol', 'The request could not be read.'));
  }
}

const notCancelable = (): RtcError =>
  new RtcError('protocol', 'Make the event cancelable, so that the page can prevent it.');

/** The room that the nearest element on the path names in `for`, otherwise the one around it. */
function roomOf(path: readonly EventTarget[], around: SharedRoom | null): SharedRoom | null {
  for (const target of path) {
    const id = target instanceof HTMLElement ? idFor(target) : '';
    if (id === '') continue;
    const scope = (target as HTMLElement).getRootNode() as Partial<Document>;
    const named = scope.getElementById?.(id) as { readonly shared?: SharedRoom | null } | null;
    return named?.shared ?? null;
  }
  return around;
}

/** `for` as the attribute or the property of an element. That of a `<label>` names something else. */
function idFor(element: HTMLElement): string {
  if ('htmlFor' in element) return '';
  const { for: own } = element as { readonly for?: unknown };
  return typeof own === 'string' && own !== '' ? own : (element.getAttribute('for') ?? '');
}
