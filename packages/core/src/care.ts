/**
 * What looks after a call once it is under way: who is heard, what each peer is sent, and what to do
 * when a network is bad. Fetched while the call connects, while the network is good (decision 9).
 */
import { Governor, type GovernorWorld } from './governor.js';
import type { Watched } from './media/device-watch.js';
import { Hearing } from './media/hearing.js';
import { createRecovery } from './peer/link-recovery.js';
import type { CallHost } from './ports.js';
import type { MeshTopology } from './topology/mesh-topology.js';

export interface CareWorld extends Omit<GovernorWorld, 'clock'> {
  readonly mesh: Pick<MeshTopology, 'links' | 'equip'>;
  readonly media: GovernorWorld['media'] & Pick<Watched, 'slotOf'>;
}

export class Care {
  readonly governor: Governor;
  readonly #hearing: Hearing;

  constructor(host: CallHost, world: CareWorld) {
    const { mesh, media } = world;
    this.governor = new Governor({ ...world, clock: host.ports.clock });
    this.#hearing = new Hearing(host, {
      microphone: () => media.slotOf('microphone').track,
      levelOf: (session) => mesh.links.get(session)?.link.level,
    });
    mesh.equip(createRecovery);
  }

  /** There may be somebody to hear now, or to send something else to. */
  wake(): void {
    this.#hearing.wake();
    this.governor.wake();
  }

  close(): void {
    this.#hearing.close();
    this.governor.close();
  }
}
