import { expect } from '@esm-bundle/chai';

import { connectedPair, type Member } from '../../../../../tests/support/link-pair.js';

/** Packets per second of the microphone, over two seconds. */
async function packetRate({ connection }: Member): Promise<number> {
  const read = async (): Promise<{ packets: number; at: number }> => {
    for (const stat of (await connection.getStats()).values()) {
      if (stat.type !== 'outbound-rtp' || stat.kind !== 'audio') continue;
      return { packets: stat.packetsSent, at: stat.timestamp };
    }
    return { packets: 0, at: 0 };
  };
  let first = await read();
  // What was sent before may still be on its way through the encoder.
  const before = first.packets;
  while (first.packets < before + 15) first = await read();
  let last = first;
  while (last.at < first.at + 2_000) last = await read();
  return ((last.packets - first.packets) * 1_000) / (last.at - first.at);
}

/** A microphone that is on, but hears nothing. */
function makeSilence(context: AudioContext): MediaStreamTrack {
  const nothing = new ConstantSourceNode(context, { offset: 0 });
  const target = context.createMediaStreamDestination();
  nothing.connect(target);
  nothing.start();
  const [track] = target.stream.getAudioTracks();
  if (!track) throw new Error('the context gave no track');
  return track;
}

describe('a microphone of a link', () => {
  it('sends few packets while it is silent, and as many as ever while it hears somebody', async () => {
    const { wire, a, b } = await connectedPair();
    const [loud] = (await navigator.mediaDevices.getUserMedia({ audio: true })).getAudioTracks();
    if (!loud) throw new Error('there is no microphone');
    const context = new AudioContext();
    const silent = makeSilence(context);
    // Both ways, as one side has offered and the other has answered.
    for (const [quiet, heard] of [
      [a, b],
      [b, a],
    ] as const) {
      quiet.mesh.publish('microphone', silent);
      heard.mesh.publish('microphone', loud);
      const [few, many] = await Promise.all([packetRate(quiet), packetRate(heard)]);
      // Compared with each other: a machine under load makes fewer packets of either kind.
      expect(many, `${few} packets a second in silence`).to.be.above(2 * few);
    }
    for (const track of [silent, loud]) track.stop();
    await context.close();
    wire.close();
  });
});
