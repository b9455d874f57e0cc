/** Differences between browsers, and implementations for Node, each under its own name. */

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

/**
 * Applies our own description: an answer to an offer of the peer, else an offer. Implementations for Node
 * demand the description as an argument; browsers make the right one themselves.
 */
export const describeOurselves = async (pc: RTCPeerConnection): Promise<void> => {
  try {
    await pc.setLocalDescription();
  } catch (cause) {
    if (pc.signalingState === 'closed') throw cause;
    const isAnswer = pc.signalingState === 'have-remote-offer';
    await pc.setLocalDescription(await (isAnswer ? pc.createAnswer() : pc.createOffer()));
  }
};

/**
 * Changes the servers of a connection. Browsers compare `bundlePolicy` with the present one; some
 * implementations for Node refuse it after the beginning.
 */
export const setServers = (pc: RTCPeerConnection, configuration: RTCConfiguration): void => {
  try {
    pc.setConfiguration(configuration);
  } catch {
    const { bundlePolicy: _, ...rest } = configuration;
    pc.setConfiguration(rest);
  }
};
