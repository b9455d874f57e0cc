// What the console says of an `autojoin` that waits.
import type { RoomController } from '../session/room-controller.js';

/** What it reads of the element. */
interface WaitingElement {
  readonly lobby: 'auto' | 'on' | 'off';
  readonly roomName: string;
  readonly rtc: Pick<RoomController, 'state' | 'failure'>;
}

export function sayWhatIsMissing(element: WaitingElement): void {
  const { roomName } = element;
  console.warn(`rtc-elements: autojoin of "${roomName}" waits for ${missingTo(element)}.`);
}

function missingTo({ lobby, rtc: { failure, state } }: WaitingElement): string {
  if (failure) return `a "host" and a "room" that are valid: ${failure.message}`;
  if (state?.left === 'token-expired') return 'a "token" or "tokenProvider" that the room accepts';
  return lobby === 'on' ? 'somebody to join in the lobby, which is on' : 'a "name"';
}
