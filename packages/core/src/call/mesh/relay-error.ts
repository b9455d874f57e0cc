// What a person is told when a call has no relay that it needs.
import { RtcError } from '../../state/errors.js';
import type { RelayProblemCode } from '../../state/relay-problems.js';

interface Row {
  readonly message: string;
  readonly retryable: boolean;
}

const ROWS: Readonly<Record<RelayProblemCode, Row>> = {
  'turn-refused': {
    message:
      'The relay does not accept the pass that this room gives out. Tell whoever runs the room.',
    retryable: true,
  },
  'turn-forbidden': {
    message: 'The relay refuses to carry this call. Tell whoever runs the room.',
    retryable: false,
  },
  'turn-quota': {
    message:
      'The relay gives you no more connections. Close other tabs with a call, or tell whoever runs the room.',
    retryable: true,
  },
  'turn-capacity': {
    message: 'The relay is full at the moment. Still trying.',
    retryable: true,
  },
  'turn-unreachable': {
    message: 'The relay cannot be reached. Still trying; another network may help.',
    retryable: true,
  },
  'turn-missing': {
    message:
      'This call uses only relays, and the room has none to offer. Tell whoever runs the room.',
    retryable: false,
  },
};

export function relayError(code: RelayProblemCode): RtcError {
  const { message, retryable } = ROWS[code];
  return new RtcError(code, message, { retryable });
}
