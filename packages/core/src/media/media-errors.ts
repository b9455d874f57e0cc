/** What a browser reports when a device cannot be had, as an error that says what to do. */
import type { MediaSource } from '@rtc-elements/protocol';

import { RtcError, type RtcErrorCode } from '../state/errors.js';

// Names for failures that browsers do not name.
/** The page is not secure, so it is shown no devices. */
export const INSECURE = 'InsecureContextError';

/** The device went away while in use. */
export const UNPLUGGED = 'UnpluggedError';

/** The device is on but delivers nothing. */
export const SILENT = 'SilentError';

/** A track of the page ended while it was sent in place of the device. */
export const ENDED = 'TrackEndedError';

/** What the page does to what the device gives does not work. */
export const PROCESSOR = 'ProcessorError';

/** The codes a request for a device can end with. */
type Code = Extract<
  RtcErrorCode,
  | 'permission-denied'
  | 'permission-dismissed'
  | 'device-not-found'
  | 'device-busy'
  | 'device-failed'
  | 'device-overconstrained'
  | 'insecure-context'
  | 'policy-blocked'
  | 'device-unplugged'
  | 'device-silent'
  | 'track-ended'
  | 'processor-failed'
  | 'screen-cancelled'
  | 'unsupported'
>;

/** `*` stands for what was requested. */
const SENTENCES: Readonly<Record<Code, string>> = {
  'permission-denied':
    'The * is not allowed. Allow it in the address bar or the system settings, then try again.',
  'permission-dismissed': 'The question about the * was closed. Try again and allow it.',
  'device-not-found': 'No * was found. Plug one in, then try again.',
  'device-busy': 'The * cannot be opened. Close other programs that use it, then try again.',
  'device-failed': 'The * did not start. Unplug it, plug it in again, then try again.',
  'device-overconstrained': 'The * cannot do this. Choose another one.',
  'insecure-context': 'The * works only on pages served over https. Open this page with https://.',
  'policy-blocked': 'This page may not use the *. Its owner must allow it.',
  'device-unplugged': 'The * was unplugged. Plug it in again or choose another one.',
  'device-silent': 'Nothing comes from the *. Look for a switch on it, or choose another one.',
  'track-ended': 'What was sent in place of the * has ended. Turn the * on again to use it.',
  'processor-failed':
    'The effect on the * does not work, so the * is off. Turn it on again to go on without the effect.',
  'screen-cancelled': 'No screen was chosen. Try again to share one.',
  unsupported: 'This browser gives no access to the *. Use a current one on a computer.',
};

const CODES: Readonly<Record<string, Code>> = {
  NotAllowedError: 'permission-denied',
  NotFoundError: 'device-not-found',
  NotReadableError: 'device-busy',
  // Firefox: "Starting video failed".
  AbortError: 'device-failed',
  OverconstrainedError: 'device-overconstrained',
  SecurityError: 'policy-blocked',
  NotSupportedError: 'unsupported',
  [INSECURE]: 'insecure-context',
  [UNPLUGGED]: 'device-unplugged',
  [SILENT]: 'device-silent',
  [ENDED]: 'track-ended',
  [PROCESSOR]: 'processor-failed',
};

const mediaError = (code: Code, wanted: MediaSource, cause?: unknown): RtcError =>
  new RtcError(code, SENTENCES[code].replaceAll('*', wanted), {
    cause,
    retryable: code !== 'insecure-context' && code !== 'unsupported' && code !== 'policy-blocked',
  });

/**
 * The error for `cause`, as thrown by a request for `wanted`. `listed`: whether the browser lists
 * any device of this kind. If a permissions policy forbids them, it lists none; nothing else tells
 * a policy from a person's refusal.
 */
export function toMediaError(cause: unknown, wanted: MediaSource, listed: boolean): RtcError {
  if (cause instanceof RtcError) return cause;
  const { name = '', message = '' } = (cause ?? {}) as Partial<Error>;
  const code = Object.hasOwn(CODES, name) ? CODES[name] : undefined;
  // Firefox requires a click for each attempt.
  if (wanted === 'screen' && name === 'InvalidStateError') {
    return mediaError('screen-cancelled', wanted, cause);
  }
  if (code !== 'permission-denied') return mediaError(code ?? 'device-failed', wanted, cause);
  if (/polic/i.test(message) || (wanted !== 'screen' && !listed)) {
    return mediaError('policy-blocked', wanted, cause);
  }
  // "Permission denied by system" is a refusal as well, but not by the settings of this page.
  if (wanted === 'screen' && !/system/i.test(message)) {
    return mediaError('screen-cancelled', wanted, cause);
  }
  return mediaError(/dismiss/i.test(message) ? 'permission-dismissed' : code, wanted, cause);
}

/** A listener sends nothing (MO-1). */
export const listenerError = (): RtcError =>
  new RtcError('not-allowed', 'You are listening. Ask a host to let you speak.');
