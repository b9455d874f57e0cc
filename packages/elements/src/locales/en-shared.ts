// The English words of every bundle: those of the chat's frame, and of why a stay is over.

/** What every element can say. */
export const enShared = {
  chat: 'Chat',
  joinRoom: 'Join {room}',
  yourName: 'Your name',
  rejoin: 'Join again',
  tryAgain: 'Try again',
  saidMessage: '{name}: {text}',
  partMissing: 'This part of the page could not be loaded.',
  leftTitle: 'You left {room}',
  removedTitle: 'You were removed from {room}',
  bannedTitle: 'You may not come back to {room}',
  closedTitle: '{room} was closed',
  replacedTitle: 'You are in {room} in another window',
  networkTitle: 'The connection to {room} is gone',
  expiredTitle: 'Your invitation to {room} has run out',
  chatEmpty: 'No messages yet. Say hello.',
  chatConnecting: 'Connecting…',
  chatReconnecting: 'Reconnecting…',
  chatJoin: 'Join chat',
};
