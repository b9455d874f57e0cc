// Who is told what a peer says about data: the capability for it, which is loaded when a peer first wants it.
import { DATA_PURPOSES, type DataPurpose } from '@rtc-elements/protocol';

import type { CallData } from '../call/ports.js';

type Look = (session: string) => void;

export class PeerDemand {
  readonly #callData: () => CallData | null;
  readonly #loads = new Map<DataPurpose, () => void>();
  readonly #looks = new Map<DataPurpose, Look>();

  constructor(callData: () => CallData | null) {
    this.#callData = callData;
  }

  whenWanted(purpose: DataPurpose, load: () => void): void {
    this.#loads.set(purpose, load);
  }

  watchPeers(purpose: DataPurpose, look: Look): () => void {
    this.#looks.set(purpose, look);
    return () => {
      if (this.#looks.get(purpose) === look) this.#looks.delete(purpose);
    };
  }

  /** Whether anybody here takes data for that purpose. */
  takes(purpose: DataPurpose): boolean {
    return this.#looks.has(purpose) || this.#loads.has(purpose);
  }

  onPeerData(session: string): void {
    for (const purpose of DATA_PURPOSES) {
      const look = this.#looks.get(purpose);
      if (look) look(session);
      else if (this.#callData()?.readinessOf(session, purpose) === 'waiting') {
        this.#loads.get(purpose)?.();
      }
    }
  }
}
