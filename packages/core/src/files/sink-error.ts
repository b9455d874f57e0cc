/** What a browser says when it cannot write, as one of two errors. */
import type { RtcError } from '../state/errors.js';
import { fileError } from './rules/file-error.js';

export const sinkError = (cause: unknown): RtcError =>
  cause instanceof DOMException && cause.name === 'QuotaExceededError'
    ? fileError('no-space', cause)
    : fileError('destination-lost', cause);
