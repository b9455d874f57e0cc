// What a connection to the room needs of its owner, and where it takes the messages of the room.
import type { HelloMessage, ServerMessage, WelcomeMessage } from '@rtc-elements/protocol';

import type { RtcError } from '../state/errors.js';
import type { RefusalWords } from './refusal.js';

/** What this client announces about itself, apart from the session to resume. */
export type Greeting = Omit<HelloMessage, 'type' | 'protocol' | 'resume' | 'capabilities'>;

/** The messages of a room we are in, except those that serve the connection itself. */
export type RoomMessage = Exclude<
  ServerMessage,
  { readonly type: 'welcome' | 'pong' | 'wait' | 'mark' | 'page' }
>;

/** One receiver per message type; a missing receiver is a compile error. */
export type Routes = {
  readonly [Type in RoomMessage['type']]: (
    message: Extract<RoomMessage, { readonly type: Type }>,
  ) => void;
};

export interface SignalingHandlers {
  /** Called when the page was shown or hidden. */
  onVisibility(): void;
  /** Called before the page goes away, while something can still be sent. */
  onHide(): void;
  /** The first attempt waits for this promise. */
  readonly ready: Promise<void> | null;
  /** Returns the content of `hello`; called for each connection. */
  greet(): Greeting;
  onWelcome(welcome: WelcomeMessage): void;
  /** Receivers for the messages that arrive after a welcome and that the client does not handle itself. */
  readonly routes: Routes;
  /** Called when we are in the waiting room, until a host admits us (MO-3). */
  onWait(): void;
  /** Called when we lost the room, or an attempt failed; another follows. `why`: `null` as long as none has failed. */
  onUnreachable(why: RtcError | null): void;
  /** Called when the room refused us for good, with a close code or the code of an error. */
  onRefused(cause: number | string, words: RefusalWords): void;
}
