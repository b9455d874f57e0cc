// The English words of every bundle: those of the chat's frame.

/** What every element can say. */
export const enShared = {
  chat: 'Chat',
  tryAgain: 'Try again',
  saidMessage: '{name}: {text}',
  partMissing: 'This part of the page could not be loaded.',
  chatEmpty: 'No messages yet. Say hello.',
  chatConnecting: 'Connecting…',
  chatReconnecting: 'Reconnecting…',
};
