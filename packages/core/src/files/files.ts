// `Room.files`. What it does is loaded when somebody first looks at it, or when a peer wants to send.
import type { FileOffer, RoomFiles, Transfer } from '../api/files-api.js';
import type { DataContext } from '../data/ports.js';
import { loadModule } from '../support/lazy-module.js';
import type { FileTransfers } from './file-transfers.js';

const NONE: readonly Transfer[] = [];

/** `url`: the address of the room. */
export function createFiles(room: DataContext, url: string): RoomFiles {
  const listeners = new Set<() => void>();
  let loaded: FileTransfers | null = null;
  let loading: Promise<FileTransfers> | null = null;
  const load = async (): Promise<FileTransfers> => {
    const { FileTransfers } = await loadModule(import('./file-transfers.js'));
    const transfers = new FileTransfers(room, url, () => {
      for (const listener of [...listeners]) listener();
    });
    loaded = transfers;
    await transfers.open();
    return transfers;
  };
  const open = (): Promise<FileTransfers> =>
    (loading ??= load().catch((error: unknown) => {
      loading = null;
      throw error;
    }));
  const tell = (task: (files: FileTransfers) => void): void => void open().then(task, () => null);
  room.whenWanted('files', () => tell(() => undefined));
  return {
    getSnapshot: () => loaded?.snapshot ?? NONE,
    subscribe: (listener) => {
      listeners.add(listener);
      tell(() => undefined);
      return () => listeners.delete(listener);
    },
    offer: async (files, options = {}): Promise<FileOffer> => (await open()).offer(files, options),
    share: async (files, { name } = {}) => (await open()).share(files, name),
    unshare: (id) => loaded?.unshare(id),
    request: async (shared, from, options = {}) => (await open()).request(shared, from, options),
    accept: async (id, options = {}) => (await open()).accept(id, options),
    decline: (id, reason = '') => loaded?.decline(id, reason),
    pause: (id) => loaded?.pause(id),
    resume: async (id, files) => (await open()).resume(id, files),
    cancel: (id) => loaded?.cancel(id),
    discard: async (id) => (await open()).discard(id),
    take: async (id) => (await open()).take(id),
    preview: async (id) => (await open()).preview(id),
  };
}
