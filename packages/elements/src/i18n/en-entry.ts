// English texts before and after a stay.

/** Texts of the waiting and leaving screens, and of the entry of a chat. */
export const enEntry = {
  joinRoom: 'Join {room}',
  yourName: 'Your name',
  chatJoin: 'Join chat',
  rejoin: 'Join again',
  waitTitle: 'Somebody will let you in soon',
  waitHint: 'The room is locked. A host has been told that you are here.',
  waitLeave: 'Leave',
  leftTitle: 'You left {room}',
  removedTitle: 'You were removed from {room}',
  removedHint: 'A host took you out. If you think that was a mistake, ask them, then join again.',
  bannedTitle: 'You may not come back to {room}',
  bannedHint: 'A host does not want you here. Only a host can let you back in.',
  closedTitle: '{room} was closed',
  closedHint: 'A host ended it for everybody. Join again to begin anew.',
  lockedTitle: '{room} is locked',
  lockedHint: 'You were not let in. Ask somebody inside, then join again.',
  forbiddenTitle: '{room} does not let you in',
  forbiddenHint:
    'Your invitation is for another room, or you have it open too often. Ask whoever invited you for a new one.',
  replacedTitle: 'You are in {room} in another window',
  replacedHint: 'Go on there, or join again to come back here.',
  networkTitle: 'The connection to {room} is gone',
  expiredTitle: 'Your invitation to {room} is not valid any more',
  expiredHint: 'Reload the page. If that does not help, ask whoever invited you for a new link.',
};
