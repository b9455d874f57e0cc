// Time as the machine has it.
import type { Clock } from '../ports.js';

/** The default `Clock`. */
export const systemClock: Clock = {
  now: () => Date.now(),
  setTimer(ms, task) {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
};
