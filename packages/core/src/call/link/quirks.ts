/** What browsers do differently, each under a name of its own. */

/** Firefox marks the pair in use; Chromium names it in the transport. */
export const selectedPair = (report: RTCStatsReport): Stat | null => {
  let marked: Stat | null = null;
  let named: Stat | null = null;
  report.forEach((stat: Stat) => {
    if (stat['selected'] === true) marked = stat;
    const id = stat['selectedCandidatePairId'];
    if (typeof id === 'string') named = (report.get(id) as Stat | undefined) ?? null;
  });
  return named ?? marked;
};

/** One entry of a stats report, of whichever browser. */
export type Stat = Readonly<Record<string, unknown>> & { readonly type: string };

/** `setStreams` came to Firefox late; without it lips and voice may drift apart a little. */
export const setStream = (sender: RTCRtpSender, stream: MediaStream): void => {
  if (typeof sender.setStreams === 'function') sender.setStreams(stream);
};

/**
 * Firefox has no encodings before the first negotiation, and refuses parameters it did not hand out.
 * Rejects when it is too early.
 */
export const setParameters = async (
  sender: RTCRtpSender,
  encoding: Partial<RTCRtpEncodingParameters>,
  rest: object = {},
): Promise<void> => {
  const parameters = Object.assign(sender.getParameters(), rest);
  Object.assign(parameters.encodings[0] as object, encoding);
  await sender.setParameters(parameters);
};
