// English texts that every page loads first.

/** Texts of `<rtc-room>` and `<rtc-chat>` themselves. */
export const enShared = {
  chat: 'Chat',
  guest: 'Guest',
  namesake: 'another person with this name',
  tryAgain: 'Try again',
  notLoaded: 'This part of the page could not be loaded.',
  chatConnecting: 'Connecting…',
  chatReconnecting: 'Reconnecting…',
};
