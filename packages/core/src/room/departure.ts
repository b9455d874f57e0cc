// Leaving a room: what was said in it is still delivered.
import type { ChatClient } from '../chat/chat-client.js';
import type { Clock } from '../ports.js';
import type { Requests } from '../signaling/requests.js';
import type { SignalingClient } from '../signaling/signaling-client.js';
import { NO_FLAGS } from '../state/wanted-presence.js';

/** How long the socket stays for messages that are not stored yet, ms. Nobody waits for it. */
const DRAIN_MS = 2_000;

interface Parts {
  readonly clock: Clock;
  readonly client: SignalingClient | null;
  /** Whether the room would have us stay. */
  readonly mayStay: boolean;
  readonly chat: ChatClient;
  readonly requests: Requests;
  /** Closes all links and releases the devices. */
  closeCall(): void;
}

export interface LeaveProgress {
  /** Resolves once the socket is closed. */
  readonly done: Promise<void>;
  /** Closes the socket now. */
  end(): void;
}

/**
 * Leaves the room. Links and devices are closed at once; the socket stays while messages are on their way, if the room
 * can be reached.
 */
export function depart({
  clock,
  client,
  mayStay,
  chat,
  requests,
  closeCall,
}: Parts): LeaveProgress {
  let isOver = false;
  let cancelTimer = (): void => undefined;
  let finish = (): void => undefined;
  const done = new Promise<void>((resolve) => (finish = resolve));
  const end = (): void => {
    if (isOver) return;
    isOver = true;
    cancelTimer();
    client?.leave();
    chat.close();
    requests.close();
    finish();
  };

  const drained = client && mayStay ? chat.drain() : null;
  if (client && drained) {
    // For everybody else, we are gone from the call now.
    client.send({ type: 'presence.set', call: false, media: NO_FLAGS });
    client.startLeaving();
    requests.close('chat.send');
    cancelTimer = clock.setTimer(DRAIN_MS, end);
    void drained.then(end);
  } else end();
  closeCall();
  return { done, end };
}
