// How a room carries out what only some elements ask for; they bring it along, so no first file has it.
import type { HostAction, MessageAction } from './requests.js';
import type { SharedRoom } from './shared-room.js';

/** Does it, as `perform()` does. Rejects with the room's RtcError when it cannot be done. */
export async function performMore(
  action: MessageAction | HostAction,
  { room }: SharedRoom,
): Promise<void> {
  const { chat, moderation } = room;
  switch (action.do) {
    case 'delete-message':
      return chat.delete(action.seq);
    case 'react':
      return chat.react(action.seq, action.emoji, action.on);
    case 'mute-person':
      return moderation.mute(action.session, action.source);
    case 'lower-hand':
      return moderation.lowerHand(action.session);
    case 'set-role':
      return moderation.setRole(action.session, action.role);
    case 'remove-person':
      return moderation.remove(action.session);
    case 'ban-person':
      return moderation.ban(action.user);
    case 'unban-person':
      return moderation.unban(action.user);
    case 'lock-room':
      return moderation.lock(action.on);
    case 'admit-person':
      return moderation.admit(action.session);
    case 'deny-person':
      return moderation.deny(action.session);
    case 'close-room':
      return moderation.close();
  }
}
