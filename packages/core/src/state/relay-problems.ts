// Why a call that needs a TURN server gets no relay from one: the answers of servers, as codes.
import type { RtcErrorCode } from './errors.js';

/** The codes of `RoomState.relayProblem`. */
export type RelayProblemCode = Extract<RtcErrorCode, `turn-${string}`>;

/**
 * Answers of a TURN server by their number in `RTCPeerConnectionIceErrorEvent.errorCode` (RFC 8489, section
 * 14.8; RFC 8656, section 19). 438 and 441 are here because fresh credentials help against them too.
 */
const BY_NUMBER: Readonly<Record<number, RelayProblemCode>> = {
  300: 'turn-capacity',
  401: 'turn-refused',
  403: 'turn-forbidden',
  438: 'turn-refused',
  441: 'turn-refused',
  486: 'turn-quota',
  500: 'turn-capacity',
  508: 'turn-capacity',
};

/** Browsers' own numbers begin with a 7: 701 stands for a server that could not be reached. */
const isNoAnswer = (errorCode: number): boolean => errorCode >= 700 && errorCode < 800;

/**
 * What `errorCode` means. Any other answer is a refusal that a new attempt does not change. Firefox (153) says 65535
 * for answers that it does not know, such as 508.
 */
export const relayProblemOf = (errorCode: number): RelayProblemCode =>
  BY_NUMBER[errorCode] ?? (isNoAnswer(errorCode) ? 'turn-unreachable' : 'turn-forbidden');

/** The first ones say most: a server that answers matters more than another one that does not. */
const RANKED: readonly RelayProblemCode[] = [
  'turn-refused',
  'turn-forbidden',
  'turn-quota',
  'turn-capacity',
  'turn-unreachable',
  'turn-missing',
];

/** The one that says most; `null` if there is none. */
export const worstRelayProblem = (codes: Iterable<RelayProblemCode>): RelayProblemCode | null => {
  const all = new Set(codes);
  return RANKED.find((code) => all.has(code)) ?? null;
};
