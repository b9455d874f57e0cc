/**
 * Logs one line of JSON per event to the runtime's console. `error`: somebody must act, or nobody is
 * served. `warn`: something was given up. `info`: the life of rooms.
 */
import type { RoomLog } from '../ports.js';

export interface EdgeLog extends RoomLog {
  error(event: string, fields?: Readonly<Record<string, unknown>>): void;
}

type Level = 'info' | 'warn' | 'error';

/** The log of a deployment, written to `sink`. A quiet log leaves out `info`. */
export function createLog(sink: Pick<Console, Level>, isQuiet: boolean): EdgeLog {
  const at =
    (level: Level): RoomLog['info'] =>
    (event, fields) =>
      sink[level](JSON.stringify({ event, level, ...fields }));
  return { info: isQuiet ? () => undefined : at('info'), warn: at('warn'), error: at('error') };
}
