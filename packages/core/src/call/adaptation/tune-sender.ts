/** Sets what a sender may use, and only when that is something else than it was told last. */
import type { AudioShare, VideoShare } from './rules/budget.js';
import { setParameters } from '../link/quirks.js';

/** What each sender was told; one that is gone takes it along. */
const told = new WeakMap<RTCRtpSender, string>();

/** `false`: refused for now. */
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
