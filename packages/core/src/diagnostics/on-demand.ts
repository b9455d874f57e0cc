// Loads what few stays need when somebody asks for it.
import type { SimulatedFault } from '../api/room-api.js';
import { loadModule } from '../support/lazy-module.js';
import type { Diagnostics } from './diagnostics.js';
import type { DebugHost } from './ports.js';

/** See `Room.simulate`. */
export async function simulateFault(fault: SimulatedFault, room: DebugHost): Promise<void> {
  const module = await loadModule(import('./simulate.js'));
  return module.simulate(fault, room);
}

/** See `Room.diagnostics`. */
export async function describeRoom(room: DebugHost): Promise<Diagnostics> {
  const module = await loadModule(import('./diagnose.js'));
  return module.diagnose(room);
}
