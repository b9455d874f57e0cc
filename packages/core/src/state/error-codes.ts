// The stable codes of all errors, as values, so that tables and tests can go through them.

/** All error codes, for tables and tests; `RtcErrorCode` is the type. */
export const ERROR_CODES = [
  // Devices. The first eight are the possible failures of a request for a camera or microphone.
  /** Denied by the person, the system or an earlier choice. */
  'permission-denied',
  /** The prompt was closed without an answer. */
  'permission-dismissed',
  /** There is no such device. */
  'device-not-found',
  /** Another program is using it, or the system could not open it. */
  'device-busy',
  /** The browser failed to start it. */
  'device-failed',
  /** It does not meet the constraints, not even the relaxed ones. */
  'device-overconstrained',
  /** The page is not served over https or from localhost. */
  'insecure-context',
  /** The page, or the frame it is in, is not allowed to ask. */
  'policy-blocked',
  /** It was disconnected while in use. */
  'device-unplugged',
  /** It is on but delivers no sound or picture, even after it was reopened. */
  'device-silent',
  /** A track of the page has ended while it was sent. */
  'track-ended',
  /** What a page does to our picture or sound does not work, so nothing is sent. */
  'processor-failed',
  /** The screen picker was closed, or screen capture was denied. */
  'screen-cancelled',
  /** What runs this page or program has no WebRTC, WebSocket, screen capture, or whatever was asked for. */
  'unsupported',
  /** The browser plays no sound before a click: call `room.audio.start()` within one. */
  'playback-blocked',
  // The room.
  /** A method was called with something that it does not take; `message` says what to pass. */
  'bad-argument',
  /** `host` is neither a host nor a URL. */
  'bad-host',
  /** The room name is not allowed. */
  'bad-room-name',
  /** The display name is not allowed. */
  'bad-name',
  /** The room cannot be reached; attempts continue. */
  'host-unreachable',
  /** The room does not support this version of the protocol. */
  'version-mismatch',
  /** The page's `tokenProvider` gave no token, or the room refused one without saying why. */
  'auth',
  /** The room asks for a token, and none was given. */
  'token-missing',
  /** The token is not one that this room accepts. */
  'token-invalid',
  'token-expired',
  /** The token is not valid yet: a clock is wrong. */
  'token-early',
  /** The token is for another room. */
  'token-wrong-room',
  /** The room is not for pages of this origin. */
  'bad-origin',
  /** The room does not admit this person. */
  'forbidden',
  'room-full',
  /** This person has as many connections to the room as one may have. */
  'too-many-tabs',
  /** The call has no place for us yet; we come in when somebody leaves it. */
  'call-full',
  /** Rate limit exceeded; see `retryAfterMs`. */
  'flooded',
  /** The role does not permit it, or the item belongs to somebody else. */
  'not-allowed',
  /** The item does not exist, or no longer exists. */
  'not-found',
  /** Somebody else changed the value first. */
  'conflict',
  /** A host, or whoever runs the room, closed it for everybody. */
  'room-closed',
  'removed',
  'banned',
  'replaced',
  /** The room refused a request that a newer or corrected client would not have made. */
  'protocol',
  /** The room refused for a reason that only newer versions know; `message` has the room's words. */
  'refused',
  // Chat.
  'text-empty',
  'text-too-long',
  /** The outbox of unsent messages is full. */
  'outbox-full',
  /** The room was left before the message was stored. The browser keeps it for 24 h, if it can. */
  'not-sent',
  // Peers.
  /** No path to this peer was found. */
  'peer-unreachable',
  /** The offer or answer of this peer cannot be used; `cause` is what the browser says about it. */
  'peer-incompatible',
  /** A TURN server rejected the credentials; fresh ones are requested. */
  'turn-refused',
  /** A TURN server refuses to serve us, whatever the credentials. */
  'turn-forbidden',
  /** A TURN server has given this user, or all users together, as many relays as it may. */
  'turn-quota',
  /** A TURN server has no room for another relay. */
  'turn-capacity',
  /** No TURN server answers, or none can be used. */
  'turn-unreachable',
  /** Only relays may be used, and neither the room nor the page names a TURN server. */
  'turn-missing',
  /** What a peer was asked failed there; `message` has its words, if it gives any. */
  'remote-failed',
  /** A message is larger than what a data channel carries at once, or than the page may send. */
  'message-too-large',
  // Files.
  /** Whoever sends the files has left or closed the page; the transfer goes on when they are back. */
  'sender-gone',
  /** Whoever receives the files has left or closed the page; the transfer goes on when they are back. */
  'receiver-gone',
  /** There is not enough space for the files where they are to go. */
  'no-space',
  /** The place that was chosen for the files cannot be written any more. */
  'destination-lost',
  /** The other person declined; `message` may have their words. */
  'file-declined',
  /** The other person cancelled the transfer. */
  'file-cancelled',
  /** What arrived is not what was sent, not even after it was sent again. */
  'file-corrupt',
  /** A file to be sent cannot be read any more: it was moved, deleted or changed. */
  'file-unreadable',
  /** The files that were picked again are not those that were being sent. */
  'file-mismatch',
  /** The other person has as many offers to answer as one may make. */
  'too-many-offers',
  /** The page at the other end sent what a transfer cannot continue after. */
  'transfer-broken',
  /** An engine could not connect the call, or is no engine. */
  'engine-failed',
  /** The keys cannot be used, or what is sent with them cannot be decrypted. */
  'encryption-failed',
  // The page.
  /** A module could not be fetched; trying again may help. */
  'part-unavailable',
  // Lifecycle.
  /** Something else was wanted before this was done: the room or the call was left, say, or the `signal` aborted. */
  'aborted',
  'timeout',
] as const;

/** Stable error codes. Every error also has a message that tells people what to do. */
export type RtcErrorCode = (typeof ERROR_CODES)[number];
