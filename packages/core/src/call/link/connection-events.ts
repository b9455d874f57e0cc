// What is heard of a peer connection, for a moment or no more.

/** Resolves once it has found a candidate, or that there is none. */
export const firstCandidate = (pc: RTCPeerConnection): Promise<unknown> =>
  new Promise((resolve) => {
    pc.addEventListener('icecandidate', resolve, { once: true });
  });

/** Its link hears nothing of it any more. */
export function silence(pc: RTCPeerConnection): void {
  pc.onnegotiationneeded = pc.onicecandidate = pc.onicecandidateerror = null;
  pc.onconnectionstatechange = null;
}
