/**
 * What looks after a call once it is under way: who is heard, what each peer is sent, and what to do
 * when a network is bad. Fetched while the call connects, while the network is good (decision 9).
 */
import type { EventLog } from '../diagnostics/event-log.js';
import { Adaptation, type AdaptationWorld } from './adaptation/adaptation.js';
import type { Watched } from '../media/device-watch.js';
import { AudioLevels } from './audio-levels/audio-levels.js';
import { createRecovery } from './recovery/link-recovery.js';
import type { RecoverableLink, Recovery } from './link/link-world.js';
import type { CallHost } from './ports.js';
import type { MeshTopology } from './mesh/mesh-topology.js';

export interface BackgroundWorld extends Omit<AdaptationWorld, 'clock'> {
  readonly mesh: Pick<MeshTopology, 'links' | 'equip' | 'onTurnRefused'>;
  readonly media: AdaptationWorld['media'] & Pick<Watched, 'slotOf'>;
}

export class CallBackground {
  readonly governor: Adaptation;
  readonly mesh: BackgroundWorld['mesh'];
  readonly #hearing: AudioLevels;
  readonly #recoveries = new WeakMap<RecoverableLink, Recovery>();
  #diary: EventLog | null = null;

  constructor(host: CallHost, world: BackgroundWorld) {
    const { mesh, media } = world;
    this.mesh = mesh;
    this.governor = new Adaptation({ ...world, clock: host.ports.clock });
    this.#hearing = new AudioLevels(host, {
      microphone: () => media.slotOf('microphone').track,
      levelOf: (session) => mesh.links.get(session)?.link.level,
    });
    mesh.equip((link, clock) => {
      const recovery = createRecovery(link, clock, {
        onStep: (step) => {
          const [session = ''] = [...mesh.links].find(([, strand]) => strand.link === link) ?? [];
          this.#diary?.onStep(link, step, session);
        },
        onSilence: () => host.probe(),
      });
      this.#recoveries.set(link, recovery);
      return recovery;
    });
    // Bug reports are written when the network is bad, and begin before.
    import('../diagnostics/diagnose.js').then(
      ({ diaryOf }) => {
        this.#diary = diaryOf(host);
      },
      () => undefined,
    );
  }

  /** There may be somebody to hear now, or to send something else to. */
  wake(): void {
    this.#hearing.wake();
    this.governor.wake();
  }

  /** Does about a link what is done when its path has failed. */
  fail(link: RecoverableLink): void {
    this.#recoveries.get(link)?.fail();
  }

  close(): void {
    this.#hearing.close();
    this.governor.close();
  }
}
