// What an element can ask for (`rtc-request`), and how a room carries out what every call needs.
import type { MediaSource, Role } from '@rtc-elements/protocol';

import type { SharedRoom } from './shared-room.js';

/** The panels beside the stage. */
export type Panel = 'chat' | 'people' | 'stats';

/** One request. `force` makes a toggle absolute; `deviceId: null` is the system's default. */
export type BasicAction =
  | { readonly do: 'join'; readonly name?: string; readonly call?: boolean }
  | { readonly do: 'leave' }
  | { readonly do: 'rejoin' }
  | { readonly do: 'toggle-microphone'; readonly force?: boolean }
  | { readonly do: 'toggle-camera'; readonly force?: boolean }
  | { readonly do: 'toggle-screen'; readonly force?: boolean }
  | { readonly do: 'toggle-hand'; readonly force?: boolean }
  | { readonly do: 'toggle-panel'; readonly panel: Panel; readonly force?: boolean }
  | { readonly do: 'use-microphone'; readonly deviceId: string }
  | { readonly do: 'use-camera'; readonly deviceId: string }
  | { readonly do: 'use-speaker'; readonly deviceId: string | null }
  | { readonly do: 'enable-sound' }
  | { readonly do: 'send-message'; readonly text: string; readonly replyTo?: number }
  | { readonly do: 'edit-message'; readonly seq: number; readonly text: string }
  | { readonly do: 'set-typing'; readonly on: boolean }
  | { readonly do: 'load-history' }
  | { readonly do: 'retry-message'; readonly id: string }
  | { readonly do: 'discard-message'; readonly id: string };

/** What can be done with a line of the chat. */
export type MessageAction =
  | { readonly do: 'delete-message'; readonly seq: number }
  | { readonly do: 'react'; readonly seq: number; readonly emoji: string; readonly on: boolean };

/** What a host can do. */
export type HostAction =
  | { readonly do: 'mute-person'; readonly session: string; readonly source: MediaSource }
  | { readonly do: 'lower-hand'; readonly session: string }
  | { readonly do: 'set-role'; readonly session: string; readonly role: Role }
  | { readonly do: 'remove-person'; readonly session: string }
  | { readonly do: 'ban-person'; readonly user: string }
  | { readonly do: 'unban-person'; readonly user: string }
  | { readonly do: 'lock-room'; readonly on: boolean }
  | { readonly do: 'admit-person'; readonly session: string }
  | { readonly do: 'deny-person'; readonly session: string }
  | { readonly do: 'close-room' };

/** Everything that can be asked for. */
export type RtcAction = BasicAction | MessageAction | HostAction;

/** Does it. Rejects with the room's RtcError when it cannot be done. */
export async function perform(action: BasicAction, session: SharedRoom): Promise<void> {
  const { room } = session;
  const { media, you } = room.getSnapshot();
  switch (action.do) {
    case 'join':
      return session.join(action.name, action.call);
    case 'rejoin':
      return session.rejoin();
    case 'leave':
      return room.leave();
    case 'toggle-microphone':
      return session.setDevice('microphone', action.force ?? media.microphone.status === 'off');
    case 'toggle-camera':
      return session.setDevice('camera', action.force ?? media.camera.status === 'off');
    case 'toggle-screen':
      if (action.force ?? media.screen.status === 'off') {
        return room.media.shareScreen({ audio: true });
      }
      return room.media.stopScreen();
    case 'toggle-hand':
      return room.setPresence({ hand: action.force ?? !you?.hand });
    case 'toggle-panel':
      return session.togglePanel(action.panel, action.force);
    case 'use-microphone':
      return session.setDevice('microphone', action.deviceId);
    case 'use-camera':
      return session.setDevice('camera', action.deviceId);
    case 'use-speaker':
      return room.media.setSpeaker(action.deviceId);
    case 'enable-sound':
      return session.sound.enable();
    case 'send-message':
      return void (await room.chat.send(
        action.text,
        ...(action.replyTo ? [{ replyTo: action.replyTo }] : []),
      ));
    case 'edit-message':
      return room.chat.edit(action.seq, action.text);
    case 'set-typing':
      return room.chat.setTyping(action.on);
    case 'load-history':
      return void (await room.chat.history());
    case 'retry-message':
      return room.chat.retry(action.id);
    case 'discard-message':
      return room.chat.discard(action.id);
  }
}
