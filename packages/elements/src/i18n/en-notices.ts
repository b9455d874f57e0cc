// English texts of notices, toasts and announcements.
import { enRoom } from './en-room.js';

/** Texts of the cards and toasts over the stage, and of the live region. */
export const enNotices = {
  ...enRoom,
  lost: 'Connection lost. Trying again…',
  lostHint: 'The call goes on with those you are connected to.',
  connectingRoom: 'Connecting to the room…',
  relayRefused:
    'The relay does not accept the pass that this room gives out. Tell whoever runs the room.',
  relayForbidden: 'The relay refuses to carry this call. Tell whoever runs the room.',
  relayQuota:
    'The relay gives you no more connections. Close other tabs with a call, or tell whoever runs the room.',
  relayCapacity: 'The relay is full at the moment. Still trying.',
  relayUnreachable: 'The relay cannot be reached. Still trying; another network may help.',
  relayMissing:
    'This call uses only relays, and the room has none to offer. Tell whoever runs the room.',
  soundBlocked: 'Your browser holds the sound back.',
  enableSound: 'Turn on sound',
  dismiss: 'Dismiss',
  unsent: '{count} message was not sent.|{count} messages were not sent.',
  showUnsent: 'Show',
  mutedTalking: 'You are muted: nobody hears you.',
  asksToJoin: '{name} would like to join',
  admit: 'Admit',
  deny: 'Deny',
  asksMore: 'and {count} more',
  saidJoined: '{name} joined',
  saidLeft: '{name} left',
  saidConnected: 'Connected',
  saidHand: '{name} raised a hand',
  saidScreen: '{name} shares a screen',
  saidMutedMicrophone: 'A host turned your microphone off',
  saidMutedCamera: 'A host turned your camera off',
  saidMutedScreen: 'A host stopped your screen',
  saidRoleHost: 'You are a host now',
  saidRoleSpeaker: 'You are a speaker now: you can use your microphone and camera',
  saidRoleListener: 'You are a listener now: you can hear, see and write',
  saidAsksToJoin: '{name} would like to join',
  systemAsk: 'Be told when this page is in the background?',
  systemTurnOn: 'Turn on',
};
