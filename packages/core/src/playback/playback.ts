// `Room.attach` and `Room.audio`. What they do is loaded when something is first attached.
import type { Room } from '../api/room-api.js';
import type { RtcError } from '../state/errors.js';
import { loadModule } from '../support/lazy-module.js';
import type { Attachments } from './attachments.js';
import type { PlaybackHost } from './playback-host.js';

export function createPlayback(host: PlaybackHost): Pick<Room, 'attach' | 'audio'> {
  let attachments: Attachments | null = null;
  const load = async (): Promise<Attachments> => {
    const module = await loadModule(import('./attachments.js'));
    return (attachments ??= new module.Attachments(host));
  };
  return {
    attach: (element, session, source, { signal } = {}) => {
      const end = new AbortController();
      const detach = (): void => end.abort();
      if (signal?.aborted) detach();
      signal?.addEventListener('abort', detach, { signal: end.signal });
      load().then(
        (loaded) => loaded.add(element, { session, source }, end.signal),
        (error: unknown) => host.reportError(error as RtcError),
      );
      return detach;
    },
    // What is still being loaded plays nothing yet that could be refused.
    audio: { start: async () => attachments?.start() },
  };
}
