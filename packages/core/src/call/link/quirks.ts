/** Differences between browsers, each under its own name. */

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
