/** Has the links of a mesh encrypt what they carry. Loaded when a call is first encrypted. */
import type { EncryptionKeys } from '../../api/room-api.js';
import { MediaEncryption } from '../../encryption/media-encryption.js';
import { callLeftError } from '../../state/errors.js';
import type { FrameTransforms } from '../link/frame-transforms.js';
import type { CallHost } from '../ports.js';

/** The part of a mesh that this needs. */
export interface TransformableMesh {
  transformFrames(transforms: FrameTransforms | null): void;
}

export class MeshEncryption {
  readonly #host: Pick<CallHost, 'ports' | 'reportError'>;
  readonly #mesh: TransformableMesh;
  #encryption: MediaEncryption | null = null;
  #isClosed = false;

  constructor(host: Pick<CallHost, 'ports' | 'reportError'>, mesh: TransformableMesh) {
    this.#host = host;
    this.#mesh = mesh;
  }

  /** See `Call.setEncryption`. */
  async set(keys: EncryptionKeys | null): Promise<void> {
    if (!keys) return this.#use(null);
    const present = this.#encryption;
    if (present && !present.hasFailed) return present.setKeys(keys);
    const { ports, reportError } = this.#host;
    const encryption = new MediaEncryption(keys.workerUrl, ports.clock, (error) =>
      reportError(error),
    );
    try {
      await encryption.setKeys(keys);
      if (this.#isClosed) throw callLeftError();
    } catch (error) {
      encryption.close();
      throw error;
    }
    this.#use(encryption);
  }

  close(): void {
    this.#isClosed = true;
    this.#encryption?.close();
  }

  #use(encryption: MediaEncryption | null): void {
    const before = this.#encryption;
    this.#encryption = encryption;
    if (before !== encryption) this.#mesh.transformFrames(encryption);
    before?.close();
  }
}
