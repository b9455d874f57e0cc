// What tells elements that days or a language have turned. Loads with the first element that writes dates.
import { dayClock } from './day-clock.js';
import { watchLanguage } from './language-watch.js';

/**
 * Calls `update` when another language applies to an element in a page and, if it `hasDays`, when a day has begun.
 * Returns a function that stops this.
 */
export function follow(element: Element, update: () => void, hasDays: boolean): () => void {
  const stops = [watchLanguage(element, update)];
  if (hasDays) stops.push(dayClock.onTurn(update, element.ownerDocument));
  return () => stops.forEach((stop) => stop());
}

export { dayClock } from './day-clock.js';
