/** What most stays never need; loaded when it is first wanted (docs/decisions/0009). */
import { RtcError } from '../errors.js';
import type { Annex, AnnexHost } from '../ports.js';

const notYet = (): Promise<never> =>
  Promise.reject(new RtcError('unsupported', 'This client cannot do that yet.'));

/** Makes the annex of one room. */
export const createAnnex = (_host: AnnexHost): Annex => ({
  moderate: notYet,
  setValue: notYet,
  edit: notYet,
  delete: notYet,
  react: notYet,
  search: notYet,
  receive: () => undefined,
  hear: () => undefined,
  keepIce: () => undefined,
  refreshIce: () => undefined,
  begin: () => undefined,
  close: () => undefined,
});
