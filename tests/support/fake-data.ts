// The data of a fake room: it reaches nobody, and tells what was sent.
import type { RoomData } from '../../packages/core/src/api/data-api.js';
import { RtcError } from '../../packages/core/src/state/errors.js';

export const fakeData = (note: (what: string, ...details: unknown[]) => void): RoomData => ({
  action: (name) => ({
    name,
    send: (data) => {
      note('action-send', name, data);
      return Promise.resolve([]);
    },
    request: () => Promise.reject(new RtcError('not-found', 'Nobody is there.')),
    requestMany: () => Promise.resolve([]),
    onReceive: () => () => undefined,
    onRequest: () => () => undefined,
  }),
});
