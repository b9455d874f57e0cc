/**
 * Closes sockets so that their TCP connection ends, too. The runtime does not end it where the first frame that it gets
 * from a client is the one that answers the close: a browser then waits for two seconds before it says that the socket
 * is closed, and whoever else it is keeps a connection that nobody counts. A client that opens a socket says something
 * at once (EN-3, EN-10), so the close waits for that, but not for long.
 */
import { type HostConnection, quietly } from './host-connection.js';

/** How long after it was opened a socket is waited for. Longer than a way there and back. */
const MOST_MS = 1_000;
/** How often to ask whether the runtime has answered a heartbeat, of which it tells nobody. */
const ASK_EVERY_MS = 20;

export class SocketCloser {
  /** What to do once something was heard, by socket. */
  readonly #waiting = new Map<string, () => void>();

  /** `heardAt`: when the runtime last answered a heartbeat on it; 0 if it never did. */
  close(connection: HostConnection, heardAt: () => number, code: number, reason: string): void {
    const { id, state } = connection;
    const isHeard = (): boolean => (state?.seenAt ?? 0) > 0 || heardAt() > 0;
    const until = (state?.openedAt ?? 0) + MOST_MS;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const closeNow = (): void => {
      clearTimeout(timer);
      this.#waiting.delete(id);
      quietly(() => connection.close(code, reason));
    };
    const look = (): void => {
      if (isHeard() || Date.now() >= until) closeNow();
      else timer = setTimeout(look, ASK_EVERY_MS);
    };
    if (isHeard() || Date.now() >= until) return closeNow();
    this.#waiting.set(id, closeNow);
    look();
  }

  /** A frame has arrived, or the socket is gone. */
  heard(id: string): void {
    this.#waiting.get(id)?.();
  }
}
