// The English words of what every page loads first.

/** What every element can say. */
export const enShared = {
  chat: 'Chat',
  guest: 'Guest',
  tryAgain: 'Try again',
  partMissing: 'This part of the page could not be loaded.',
  chatConnecting: 'Connecting…',
  chatReconnecting: 'Reconnecting…',
};
