/** The data paths of a mesh: channels of links, which a path outlives. */
import { RtcError } from '../../state/errors.js';
import type { LinkData } from '../link/link-data.js';
import type { CallData, DataOptions, DataPath, DataPurpose, DataReadiness } from '../ports.js';

/** A link, as far as it carries data. */
export type DataLink = Pick<LinkData, 'open' | 'readinessOf'>;

interface OpenPath {
  readonly purpose: DataPurpose;
  readonly options: DataOptions;
  path: DataPath;
}

export class MeshData implements CallData {
  readonly #find: (session: string) => DataLink | undefined;
  /** By session. */
  readonly #paths = new Map<string, Set<OpenPath>>();

  constructor(find: (session: string) => DataLink | undefined) {
    this.#find = find;
  }

  readinessOf(session: string, purpose: DataPurpose): DataReadiness {
    return this.#find(session)?.readinessOf(purpose) ?? 'none';
  }

  open(session: string, purpose: DataPurpose, options: DataOptions): DataPath {
    const link = this.#find(session);
    if (!link) throw new RtcError('not-found', 'This person is not in the call any more.');
    const open: OpenPath = { purpose, options, path: link.open(purpose, options) };
    const paths = this.#paths.get(session) ?? new Set();
    this.#paths.set(session, paths.add(open));
    return {
      send: (...message) => open.path.send(...message),
      headroom: () => open.path.headroom(),
      close: () => {
        paths.delete(open);
        open.path.close();
      },
    };
  }

  /** Another link to the same peer has taken the place of the one before. */
  renew(session: string, link: DataLink): void {
    for (const open of this.#paths.get(session) ?? []) {
      open.path = link.open(open.purpose, open.options);
      open.options.onReset?.();
    }
  }

  /** The link to a peer is gone. */
  drop(session: string): void {
    const paths = this.#paths.get(session) ?? [];
    this.#paths.delete(session);
    for (const { options } of paths) options.onClose?.();
  }
}
