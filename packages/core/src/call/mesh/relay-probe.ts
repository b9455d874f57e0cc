/** Looks for a relay on behalf of links that were given up for want of one, and has them try again. */
import type { Clock, PeerConnectionFactory } from '../../ports.js';
import type { MeshTopology } from './mesh-topology.js';

/** Between two looks, ms: an operator who restarts a server needs no more haste, and a quota gets no request more. */
const EVERY_MS = 30_000;
/** How long a TURN server may take to answer, ms. */
const ANSWER_MS = 8_000;

/** What it needs of the mesh. */
export type ProbedMesh = Pick<MeshTopology, 'links' | 'relays' | 'retry' | 'configuration'>;

export class RelayProbe {
  readonly #clock: Clock;
  readonly #create: PeerConnectionFactory;
  readonly #mesh: ProbedMesh;
  #isClosed = false;
  /** Set while a look is due or under way. */
  #end: (() => void) | null = null;

  constructor(clock: Clock, create: PeerConnectionFactory, mesh: ProbedMesh) {
    this.#clock = clock;
    this.#create = create;
    this.#mesh = mesh;
  }

  /** To be called when a link has changed. */
  wake(): void {
    if (this.#isClosed || this.#end || this.#givenUp.length === 0) return;
    this.#end = this.#clock.setTimer(EVERY_MS, () => void this.#look());
  }

  close(): void {
    this.#isClosed = true;
    this.#end?.();
  }

  /** The sessions of links that would be tried again. */
  get #givenUp(): readonly string[] {
    const { links, relays } = this.#mesh;
    return [...relays.lacking].filter((session) => links.get(session)?.link.status === 'failed');
  }

  async #look(): Promise<void> {
    const hasRelay = this.#givenUp.length > 0 && (await this.#findRelay().catch(() => false));
    this.#end = null;
    if (this.#isClosed) return;
    if (hasRelay) for (const session of this.#givenUp) this.#mesh.retry(session);
    this.wake();
  }

  #findRelay(): Promise<boolean> {
    const pc = this.#create({ ...this.#mesh.configuration(), iceTransportPolicy: 'relay' });
    return new Promise<boolean>((resolve, reject) => {
      const cancel = this.#clock.setTimer(ANSWER_MS, () => resolve(false));
      this.#end = () => {
        cancel();
        resolve(false);
      };
      pc.onicecandidate = ({ candidate }) => {
        if (candidate?.candidate.includes(' typ relay')) resolve(true);
      };
      pc.createDataChannel('probe');
      pc.setLocalDescription().catch(reject);
    }).finally(() => {
      this.#end?.();
      pc.close();
    });
  }
}
