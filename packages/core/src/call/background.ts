/**
 * What every call needs once somebody is connected: statistics, audio levels and the event log. It is
 * fetched while the call connects and the network is still good (docs/decisions/0019).
 */
import { type EventLog, type EventLogHost, eventLogOf } from '../diagnostics/event-log.js';
import { AudioLevels, type LevelsHost } from './audio-levels/audio-levels.js';
import { mergeReports, type PartialReport } from './merge-reports.js';
import type { Call } from './ports.js';
import type { LinkMonitor } from './stats/link-monitor.js';
import { LinkSampler } from './stats/link-sampler.js';

export class CallBackground {
  /** Begun here, as bug reports are about what happened before somebody wrote one. */
  readonly eventLog: EventLog;
  readonly #audioLevels: AudioLevels;
  readonly #sampler: LinkSampler;

  constructor(
    host: EventLogHost & LevelsHost,
    call: Pick<Call, 'levelOf'> & { reports(): readonly PartialReport[] },
    monitor: Pick<LinkMonitor, 'links' | 'show'>,
  ) {
    this.eventLog = eventLogOf(host);
    this.#audioLevels = new AudioLevels(host, call);
    this.#sampler = new LinkSampler(
      host.ports.clock,
      { report: () => mergeReports(call.reports()) },
      monitor,
    );
  }

  /** Called when something has changed: there may be somebody to hear or to measure. */
  wake(): void {
    this.#audioLevels.wake();
    this.#sampler.wake();
  }

  close(): void {
    this.#audioLevels.close();
    this.#sampler.close();
  }
}
