/** What enters a call: the mesh, unless the room is given another engine to begin with. */
import type { CompleteOptions } from '../api/options.js';
import { loadModule } from '../support/lazy-module.js';
import { engineError } from './call-slot.js';
import { CallSwitch, MESH, type SwitchHost } from './call-switch.js';
import { createMeshCall } from './mesh/mesh-call.js';
import type { CreateCall } from './ports.js';

/** Loads what a room begins its call with. The result creates the call. */
export type PrepareCall = (host: SwitchHost, options: CompleteOptions) => Promise<() => CallSwitch>;

/** `mesh` connects people where no other engine is asked for, or where that one fails. */
export const createPrepareCall =
  (mesh: CreateCall): PrepareCall =>
  async (host, options) => {
    const toMesh = (error: unknown): CallSwitch => {
      host.reportError(engineError(error));
      return new CallSwitch(host, options, mesh, mesh);
    };
    try {
      const first = (await loadFirst(host, options)) ?? mesh;
      return () => {
        try {
          return new CallSwitch(host, options, mesh, first);
        } catch (error) {
          return toMesh(error);
        }
      };
    } catch (error) {
      return () => toMesh(error);
    }
  };

/** The engine that a call begins with; `null`: the mesh. */
async function loadFirst(
  { ports }: SwitchHost,
  { engine = MESH, engines = {} }: CompleteOptions,
): Promise<CreateCall | null> {
  if (engine === MESH) return null;
  const { loadEngine } = await loadModule(import('./engines.js'));
  return loadEngine(engine, engines, ports.clock);
}

export const prepareCall = createPrepareCall(createMeshCall);
