// The machine's clock.
import type { Clock } from '../ports.js';

/** The default `Clock`, based on `Date.now()` and `setTimeout()`. */
export const systemClock: Clock = {
  now: () => Date.now(),
  setTimer(ms, task) {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
};
