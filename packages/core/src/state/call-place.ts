// Whether we are in a call that has no place for us yet.
import type { Peer, Problem, You } from './room-state.js';

const CALL_FULL: Problem = {
  code: 'call-full',
  message: 'The call is full. You come in when somebody leaves; until then you can read and write.',
  retryable: false,
};

/**
 * `call-full` while everybody who entered the call before us is out of reach for want of a place. Whoever entered it
 * after us may wait as well; that says nothing about us.
 */
export function callProblemOf(you: You | null, peers: readonly Peer[]): Problem | null {
  const place = you?.call ?? 0;
  const ahead = peers.filter(({ call, lingering }) => call > 0 && call < place && !lingering);
  const isFull = ahead.length > 0 && ahead.every(({ link }) => link.status === 'full');
  return isFull ? CALL_FULL : null;
}
