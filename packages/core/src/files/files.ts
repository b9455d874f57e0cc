// `Room.files`. What it does is loaded when somebody first looks at it, or when a peer wants to send.
import type { RoomFiles, Transfer } from '../api/files-api.js';
import type { DataContext } from '../data/ports.js';
import { loadModule } from '../support/lazy-module.js';
import { loadOnce } from '../support/load-once.js';
import type { FileTransfers } from './file-transfers.js';

const NONE: readonly Transfer[] = [];

/** `url`: the address of the room. */
export function createFiles(room: DataContext, url: string): RoomFiles {
  const listeners = new Set<() => void>();
  let loaded: FileTransfers | null = null;
  const open = loadOnce(async () => {
    const { FileTransfers } = await loadModule(import('./file-transfers.js'));
    const transfers = new FileTransfers(room, url, () => {
      for (const listener of [...listeners]) listener();
    });
    loaded = transfers;
    await transfers.open();
    return transfers;
  });
  const begin = (): void => void open().catch(() => undefined);
  room.whenWanted('files', begin);
  return {
    getSnapshot: () => loaded?.snapshot ?? NONE,
    subscribe: (listener) => {
      listeners.add(listener);
      begin();
      return () => listeners.delete(listener);
    },
    offer: async (...given) => (await open()).offer(...given),
    share: async (...given) => (await open()).share(...given),
    unshare: (id) => loaded?.unshare(id),
    request: async (...given) => (await open()).request(...given),
    accept: async (...given) => (await open()).accept(...given),
    decline: (...given) => loaded?.decline(...given),
    pause: (id) => loaded?.pause(id),
    resume: async (...given) => (await open()).resume(...given),
    cancel: (id) => loaded?.cancel(id),
    discard: async (id) => (await open()).discard(id),
    take: async (id) => (await open()).take(id),
    preview: async (id) => (await open()).preview(id),
  };
}
