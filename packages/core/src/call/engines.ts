/** Engines of somebody else, and how to move to one. Loaded when a room first uses an engine. */
import { RtcError } from '../state/errors.js';
import { loadModule } from '../support/lazy-module.js';
import { inTime } from '../support/in-time.js';
import type { Clock } from '../ports.js';
import type { CreateCall, Engines } from './ports.js';

export { CallMove } from './call-move.js';

/** How long the module of an engine may take to load, ms. */
const LOAD_MS = 15_000;

/**
 * The factory of the engine `name`.
 * @throws RtcError `not-found` if the room was given no such engine; `part-unavailable` if its module
 * cannot be loaded; `timeout`; `engine-failed` if it is no engine.
 */
export async function loadEngine(
  name: string,
  engines: Engines,
  clock: Clock,
): Promise<CreateCall> {
  const load = Object.hasOwn(engines, name) ? engines[name] : undefined;
  if (!load) {
    const names = ['mesh', ...Object.keys(engines)].join('", "');
    throw new RtcError('not-found', `There is no engine "${name}". Use one of "${names}".`);
  }
  // A loader that throws at once fails like one that rejects.
  const imported = loadModule(Promise.resolve().then(load));
  const { createCall } = (await inTime(imported, LOAD_MS, clock)) ?? {};
  if (typeof createCall === 'function') return createCall;
  throw new RtcError('engine-failed', `The engine "${name}" exports no "createCall".`);
}
