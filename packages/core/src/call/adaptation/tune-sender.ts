/** Sets the encoding of a sender, unless it is the one that was set last. */
import type { AudioShare, VideoShare } from './rules/budget.js';
import { setParameters } from '../link/quirks.js';

/** The encoding that was set last, by sender. */
const told = new WeakMap<RTCRtpSender, string>();

/** Resolves with `false` if the sender refuses it for now. */
export const tuneSender = async (
  sender: RTCRtpSender | undefined,
  share: VideoShare | AudioShare,
  preference: RTCDegradationPreference | null,
): Promise<boolean> => {
  const text = JSON.stringify(share);
  if (!sender || told.get(sender) === text) return true;
  told.set(sender, text);
  try {
    await setParameters(sender, share, preference ? { degradationPreference: preference } : {});
    return true;
  } catch {
    told.delete(sender);
    return false;
  }
};
