/**
 * What happens in a mesh that has no relay although it needs one. Loaded when that is first so: most calls never use
 * a relay.
 */
import type { RelayProblemCode } from '../../state/relay-problems.js';
import { createPeerConnection } from '../../support/create-peer-connection.js';
import type { CallHost } from '../ports.js';
import { relayError } from './relay-error.js';
import { type ProbedMesh, RelayProbe } from './relay-probe.js';

export class MeshRelays {
  readonly #host: CallHost;
  readonly #probe: RelayProbe;

  constructor(host: CallHost, mesh: ProbedMesh) {
    const { clock, createPeerConnection: create = createPeerConnection } = host.ports;
    this.#host = host;
    this.#probe = new RelayProbe(clock, create, mesh);
  }

  /** `code`: why links have no relay that they need; `null`: all have one, or need none. */
  take(code: RelayProblemCode | null): void {
    this.#host.onRelayProblem(code && relayError(code));
    this.wake();
  }

  /** To be called when a link has changed. */
  wake(): void {
    this.#probe.wake();
  }

  close(): void {
    this.#probe.close();
  }
}
