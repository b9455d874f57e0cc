// What a page hears that calls a method with what it does not take, of elements and methods that load later.
import { RtcError } from '@rtc-elements/core';

/** The error of a page that names a button which no bar has. */
export const tokenError = (tokens: readonly string[]): RtcError =>
  new RtcError('bad-argument', `Pass one of ${tokens.join(', ')}.`);

/** The error of a page that sends what are no files. */
export const noFilesError = (): RtcError =>
  new RtcError('bad-argument', 'Pass a File, a handle, or a list of them.');

/** The error of a page that sends files with options which cannot be read. */
export const sendOptionsError = (): RtcError =>
  new RtcError('bad-argument', 'Pass { to } or { name }, or both.');
