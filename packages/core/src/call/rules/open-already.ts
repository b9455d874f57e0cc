// A data path has one owner at each end.
import { RtcError } from '../../state/errors.js';

export const openAlreadyError = (purpose: string): RtcError =>
  new RtcError('conflict', `The data path "${purpose}" to this peer is open already.`);
