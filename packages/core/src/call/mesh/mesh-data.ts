/** The data paths of a mesh: channels of links, which a path outlives. */
import { RtcError } from '../../state/errors.js';
import type { ChannelHandlers, ChannelOptions, PeerChannel } from '../link/peer-channels.js';
import type { CallData, DataOptions, DataPath, DataPurpose } from '../ports.js';

/** The SCTP stream of each purpose. Both sides know it; 0 is the control channel. */
const STREAMS: Readonly<Record<DataPurpose, number>> = { actions: 1, values: 2, files: 3 };

/** A link, as far as it carries data. */
export interface DataLink {
  openChannel(purpose: string, options: ChannelOptions, handlers: ChannelHandlers): PeerChannel;
}

interface OpenPath {
  readonly purpose: DataPurpose;
  readonly options: DataOptions;
  channel: PeerChannel;
}

export class MeshData implements CallData {
  readonly #find: (session: string) => DataLink | undefined;
  /** By session. */
  readonly #paths = new Map<string, Set<OpenPath>>();

  constructor(find: (session: string) => DataLink | undefined) {
    this.#find = find;
  }

  open(session: string, purpose: DataPurpose, options: DataOptions): DataPath {
    const link = this.#find(session);
    if (!link) throw new RtcError('not-found', 'This person is not in the call any more.');
    const path: OpenPath = { purpose, options, channel: openOn(link, purpose, options) };
    const paths = this.#paths.get(session) ?? new Set();
    this.#paths.set(session, paths.add(path));
    return {
      send: (data) => path.channel.send(data),
      headroom: () => path.channel.headroom(),
      close: () => {
        paths.delete(path);
        path.channel.close();
      },
    };
  }

  /** Another link to the same peer has taken the place of the one before. */
  renew(session: string, link: DataLink): void {
    for (const path of this.#paths.get(session) ?? []) {
      path.channel = openOn(link, path.purpose, path.options);
      path.options.onReset?.();
    }
  }

  /** The link to a peer is gone. */
  drop(session: string): void {
    const paths = this.#paths.get(session) ?? [];
    this.#paths.delete(session);
    for (const { options } of paths) options.onClose?.();
  }
}

function openOn(link: DataLink, purpose: DataPurpose, options: DataOptions): PeerChannel {
  const { ordered, maxRetransmits } = options;
  return link.openChannel(
    purpose,
    {
      id: STREAMS[purpose],
      ...(ordered !== undefined && { ordered }),
      ...(maxRetransmits !== undefined && { maxRetransmits }),
    },
    {
      onOpen: () => options.onOpen?.(),
      onMessage: (data) => {
        if (typeof data === 'string' || data instanceof ArrayBuffer) options.onMessage(data);
      },
      onReset: () => options.onReset?.(),
    },
  );
}
