/**
 * What a call needs once a link is up: recovery, adaptation, statistics, audio levels and the event
 * log. It is fetched while the call connects and the network is still good (docs/decisions/0019).
 */
import { type EventLog, eventLogOf } from '../diagnostics/event-log.js';
import { Adaptation, type AdaptationWorld } from './adaptation/adaptation.js';
import { AudioLevels } from './audio-levels/audio-levels.js';
import type { RecoverableLink, Recovery } from './link/link-world.js';
import type { MeshTopology } from './mesh/mesh-topology.js';
import type { CallHost, DebugBackground } from './ports.js';
import { createRecovery } from './recovery/link-recovery.js';
import type { LinkMonitor } from './stats/link-monitor.js';
import { LinkSampler } from './stats/link-sampler.js';

export interface BackgroundWorld extends Omit<AdaptationWorld, 'clock'> {
  readonly mesh: Pick<MeshTopology, 'links' | 'equip' | 'getOutgoing' | 'onTurnRefused'>;
  readonly monitor: Pick<LinkMonitor, 'links' | 'show'>;
}

export class CallBackground implements DebugBackground {
  readonly adaptation: Adaptation;
  readonly mesh: BackgroundWorld['mesh'];
  readonly #audioLevels: AudioLevels;
  readonly #sampler: LinkSampler;
  /** Begun here, as bug reports are about what happened before somebody wrote one. */
  readonly #eventLog: EventLog;
  readonly #recoveries = new WeakMap<object, Recovery>();

  constructor(host: CallHost, world: BackgroundWorld) {
    const { mesh, monitor } = world;
    const { clock } = host.ports;
    this.mesh = mesh;
    this.#eventLog = eventLogOf(host);
    this.adaptation = new Adaptation({ ...world, clock });
    this.#audioLevels = new AudioLevels(host, {
      microphone: () => host.microphone(),
      levelOf: (session) => mesh.links.get(session)?.link.level,
    });
    this.#sampler = new LinkSampler({
      clock,
      links: monitor.links,
      find: (session) => mesh.links.get(session)?.link,
      show: (session, link) => monitor.show(session, link),
    });
    mesh.equip((link) => this.#createRecovery(host, link));
  }

  /** Called when something has changed: there may be somebody to hear, to send to or to measure. */
  wake(): void {
    this.#audioLevels.wake();
    this.adaptation.wake();
    this.#sampler.wake();
  }

  /** Recovers a link as if its path had failed. */
  fail(link: object): void {
    this.#recoveries.get(link)?.fail();
  }

  close(): void {
    this.#audioLevels.close();
    this.adaptation.close();
    this.#sampler.close();
  }

  #createRecovery(host: CallHost, link: RecoverableLink): Recovery {
    const recovery = createRecovery(link, host.ports.clock, {
      onStep: (step) => {
        const [session = ''] = [...this.mesh.links].find(([, peer]) => peer.link === link) ?? [];
        this.#eventLog.onStep(link, step, session);
      },
      onSilence: () => host.probe(),
    });
    this.#recoveries.set(link, recovery);
    return recovery;
  }
}
