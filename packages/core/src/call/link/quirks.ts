/** Differences between browsers, each under its own name. */

/** The candidate pair in use. Firefox marks it; Chromium names it in the transport. */
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

/** One entry of a stats report, from any browser. */
export type Stat = Readonly<Record<string, unknown>> & { readonly type: string };

/**
 * Older versions of Firefox lack `setStreams`; without it, audio and video may drift apart a
 * little.
 */
export const setStream = (sender: RTCRtpSender, stream: MediaStream): void => {
  if (typeof sender.setStreams === 'function') sender.setStreams(stream);
};

/**
 * Changes the first encoding. Firefox refuses parameters that it has not returned itself, and has
 * no encodings before the first negotiation: until then this rejects.
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
