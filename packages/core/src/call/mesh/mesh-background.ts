/**
 * What a mesh needs once a link is up: recovery and adaptation. It is fetched while the call connects
 * and the network is still good (docs/decisions/0019).
 */
import { Adaptation } from '../adaptation/adaptation.js';
import type { RecoverableLink, Recovery } from '../link/link-world.js';
import type { CallHost, CallOptions, TransportReport } from '../ports.js';
import { createRecovery } from '../recovery/link-recovery.js';
import type { RecoveryStep } from '../recovery/rules/escalation.js';
import { RtcError } from '../../state/errors.js';
import type { MeshTopology } from './mesh-topology.js';

/** How often recovery has taken each of its steps on a link. */
type Steps = Pick<TransportReport, 'restarts' | 'rebuilds'>;

const NO_STEPS: Steps = { restarts: 0, rebuilds: 0 };

export class MeshBackground {
  readonly adaptation: Adaptation;
  readonly #host: CallHost;
  readonly #mesh: Pick<MeshTopology, 'links' | 'equip' | 'getOutgoing'>;
  readonly #recoveries = new WeakMap<object, Recovery>();
  readonly #steps = new WeakMap<object, Steps>();

  constructor(
    host: CallHost,
    options: CallOptions,
    mesh: Pick<MeshTopology, 'links' | 'equip' | 'getOutgoing'>,
  ) {
    this.#host = host;
    this.#mesh = mesh;
    this.adaptation = new Adaptation({ clock: host.ports.clock, options, mesh });
    mesh.equip((link) => this.#createRecovery(link));
  }

  /** Called when something has changed: there may be somebody to send to. */
  wake(): void {
    this.adaptation.wake();
  }

  /**
   * Recovers every link as if its path had failed.
   * @throws RtcError `not-found` if there is none.
   */
  failLinks(): void {
    for (const link of this.#requireLinks()) this.#recoveries.get(link)?.fail();
  }

  /** Makes every link anew. Throws as `failLinks()` does. */
  rebuildLinks(): void {
    for (const link of this.#requireLinks()) link.rebuild();
  }

  stepsOf(link: object): Steps {
    return this.#steps.get(link) ?? NO_STEPS;
  }

  close(): void {
    this.adaptation.close();
  }

  #requireLinks(): readonly { rebuild(): void }[] {
    const links = [...this.#mesh.links.values()].map(({ link }) => link);
    if (links.length > 0) return links;
    throw new RtcError('not-found', 'Nobody else is in the call. Wait for somebody.', {
      retryable: true,
    });
  }

  #createRecovery(link: RecoverableLink): Recovery {
    const recovery = createRecovery(link, this.#host.ports.clock, {
      onStep: (step) => this.#onStep(link, step),
      onSilence: () => this.#host.probe(),
    });
    this.#recoveries.set(link, recovery);
    return recovery;
  }

  #onStep(link: object, step: RecoveryStep): void {
    const { restarts, rebuilds } = this.stepsOf(link);
    this.#steps.set(link, {
      restarts: restarts + Number(step === 'restart'),
      rebuilds: rebuilds + Number(step === 'rebuild'),
    });
    const [session = ''] = [...this.#mesh.links].find(([, peer]) => peer.link === link) ?? [];
    this.#host.onStep(session, step);
  }
}
