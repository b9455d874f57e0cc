// One line of JSON per event, on the console of the runtime.
import type { RoomLog } from '../ports.js';

const line = (event: string, fields: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({ event, ...fields });

/** The log of a deployment, onto the console or what is like it. `quiet` leaves only warnings. */
export const createLog = (sink: Pick<Console, 'info' | 'warn'>, isQuiet: boolean): RoomLog => ({
  info: (event, fields) => {
    if (!isQuiet) sink.info(line(event, fields));
  },
  warn: (event, fields) => sink.warn(line(event, fields)),
});
