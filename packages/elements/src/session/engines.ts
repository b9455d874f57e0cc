// Engines that a page registers for all of its rooms.
import { type Engines, RtcError } from '@rtc-elements/core';

const registered: Record<string, Engines[string]> = {};

/**
 * Offers an engine to every `<rtc-room>` of the page, under a name for its `engine` attribute. A room that
 * exists already keeps the engines that it began with.
 * @throws RtcError `bad-argument`.
 */
export const registerEngine = (name: string, load: Engines[string]): void => {
  if (typeof name !== 'string' || typeof load !== 'function')
    throw new RtcError('bad-argument', 'Pass a name and a function that loads the engine.');
  registered[name] = load;
};

/** The registered engines, and those of one element, which come first. */
export const enginesOf = (own: Engines): Engines => ({ ...registered, ...own });
