// A link to a peer that does what the protocol's page says, in other ways than ours (SG-7 to SG-12).
import type { SignalBody } from '@rtc-elements/protocol';
import { expect } from '@esm-bundle/chai';

import {
  entry,
  flows,
  makeVideoTrack,
  type Member,
  Wire,
} from '../../../../../tests/support/link-pair.js';
import { PlainPeer, type PlainPeerOptions } from '../../../../../tests/support/plain-peer.js';

const USUAL = { 0: 'microphone', 1: 'camera' } as const;

interface Meeting {
  readonly wire: Wire;
  /** Ours. */
  readonly a: Member;
  /** The device. */
  readonly peer: PlainPeer;
  /** A picture of the device, and one of ours. */
  readonly theirs: MediaStreamTrack;
  readonly ours: MediaStreamTrack;
  end(): void;
}

/** The device waits for our offer, or is to make one. We send a picture. */
function meet(who: 'we offer' | 'it offers', options: PlainPeerOptions = {}): Meeting {
  const wire = new Wire(1, 0);
  const a = wire.add('a', 2);
  const peer = new PlainPeer(wire, a, 'b', options);
  const [theirs, ours] = [makeVideoTrack(), makeVideoTrack()];
  a.mesh.publish('camera', ours);
  a.mesh.reconcile(a.entry, [entry('b', who === 'it offers' ? 3 : 1)], []);
  const end = (): void => {
    theirs.stop();
    ours.stop();
    peer.pc.close();
    wire.close();
  };
  return { wire, a, peer, theirs, ours, end };
}

const connects = ({ a }: Meeting): Promise<void> => a.until(() => a.status('b') === 'connected');

/** A picture arrives at both ends. */
async function seeEachOther({ a, peer }: Meeting): Promise<void> {
  await a.until(() => a.mesh.getTrack('b', 'camera') !== null);
  const theirs = a.mesh.getTrack('b', 'camera');
  const ours = peer.pc.getReceivers().find(({ track }) => track.kind === 'video')?.track;
  if (!theirs || !ours) throw new Error('a track is missing');
  await Promise.all([flows(a.connection, theirs), flows(peer.pc, ours)]);
}

/** The device sends both ways in each section that we offered. */
const answerBothWays =
  (track: () => MediaStreamTrack) =>
  (pc: RTCPeerConnection): void => {
    for (const transceiver of pc.getTransceivers()) {
      transceiver.direction = 'sendrecv';
      if (transceiver.receiver.track.kind === 'video')
        void transceiver.sender.replaceTrack(track());
    }
  };

/** Which codecs a description names in its sections of a kind. */
const codecsIn = (body: SignalBody | undefined, kind: 'audio' | 'video'): string[] => {
  const sections = body?.description?.sdp.split(/^m=/m).filter((part) => part.startsWith(kind));
  return [...(sections?.join('') ?? '').matchAll(/^a=rtpmap:\d+ ([^/]+)/gm)].map(([, name]) =>
    String(name).toLowerCase(),
  );
};

const without =
  (...keys: readonly (keyof SignalBody)[]) =>
  (body: SignalBody): SignalBody => {
    const left = Object.entries(body).filter(([key]) => !keys.includes(key as keyof SignalBody));
    return Object.fromEntries(left) as unknown as SignalBody;
  };

describe('a link to a peer of other software', () => {
  for (const epoch of [1, 2, 7]) {
    it(`[SG-7] takes a first offer of epoch ${epoch}, and answers in it`, async () => {
      const meeting = meet('it offers');
      const { a, peer, theirs } = meeting;
      peer.pc.addTransceiver('audio');
      peer.pc.addTransceiver(theirs);
      await peer.offer(epoch, USUAL);
      await seeEachOther(meeting);
      expect(new Set(peer.heard.map((body) => body.epoch))).to.deep.equal(new Set([epoch]));
      expect(a.errors).to.deep.equal([]);
      meeting.end();
    });
  }

  it('[SG-7] [SG-9] makes its own first offer in epoch 2, with n 0 and without re', async () => {
    const meeting = meet('we offer');
    await connects(meeting);
    const [first] = meeting.peer.heard;
    expect(first).to.include({ epoch: 2, n: 0 });
    expect(first).not.to.have.property('re');
    meeting.end();
  });

  it('[SG-7] starts again with a peer that offers in the next epoch', async () => {
    const meeting = meet('it offers');
    const { a, wire, peer } = meeting;
    peer.pc.addTransceiver('audio');
    await peer.offer(2, USUAL);
    await connects(meeting);
    peer.pc.close();
    const next = new PlainPeer(wire, a, 'b');
    next.pc.addTransceiver('audio');
    await next.offer(3, USUAL);
    await a.until(() => a.connections.length === 2 && a.status('b') === 'connected');
    expect(a.mesh.links.get('b')?.link.epoch).to.equal(3);
    next.pc.close();
    meeting.end();
  });

  for (const end of [{ candidate: '' }, { candidate: '', sdpMid: '0', sdpMLineIndex: 0 }]) {
    it(`[SG-8] needs no trickle, and takes an end of candidates ${'sdpMid' in end ? 'of a section' : 'of all'}`, async () => {
      const meeting = meet('it offers');
      const { a, peer, theirs } = meeting;
      peer.pc.addTransceiver('audio');
      peer.pc.addTransceiver(theirs);
      await peer.offer(2, USUAL);
      peer.send({ epoch: 2, candidates: [end] });
      await seeEachOther(meeting);
      expect(a.errors).to.deep.equal([]);
      meeting.end();
    });
  }

  it('[SG-9] takes an answer without re for one to its present offer', async () => {
    const meeting: Meeting = meet('we offer', {
      change: without('re'),
      prepare: answerBothWays(() => meeting.theirs),
    });
    await seeEachOther(meeting);
    expect(meeting.a.errors).to.deep.equal([]);
    meeting.end();
  });

  it('[SG-10] takes the first sections for microphone and camera where an offer names no sources', async () => {
    const meeting = meet('it offers');
    const { a, peer, theirs } = meeting;
    const other = makeVideoTrack();
    peer.pc.addTransceiver('audio');
    peer.pc.addTransceiver(theirs);
    peer.pc.addTransceiver(other);
    await peer.offer(2);
    await seeEachOther(meeting);
    expect([...(a.tracks.get('b')?.keys() ?? [])]).to.have.members(['microphone', 'camera']);
    const answer = peer.heard.find(({ description }) => description?.type === 'answer');
    expect(answer?.sources).to.deep.equal(USUAL);
    other.stop();
    meeting.end();
  });

  it('[SG-10] needs no sources in an answer', async () => {
    const meeting: Meeting = meet('we offer', {
      change: without('sources'),
      prepare: answerBothWays(() => meeting.theirs),
    });
    await seeEachOther(meeting);
    meeting.end();
  });

  it('[SG-10] uses no section that sources does not name', async () => {
    const meeting = meet('it offers');
    const { a, peer, theirs } = meeting;
    peer.pc.addTransceiver('audio');
    peer.pc.addTransceiver(theirs);
    await peer.offer(2, { 0: 'microphone' });
    await connects(meeting);
    expect([...(a.tracks.get('b')?.keys() ?? [])]).to.deep.equal(['microphone']);
    meeting.end();
  });

  it('[SG-11] takes the sections of an offer in any order', async () => {
    const meeting = meet('it offers');
    const { peer, theirs } = meeting;
    peer.pc.addTransceiver(theirs);
    peer.pc.addTransceiver('audio');
    await peer.offer(2, { 0: 'camera', 1: 'microphone' });
    await seeEachOther(meeting);
    meeting.end();
  });

  it('[SG-11] refuses an answer whose sections are in another order, and says so by name', async () => {
    const meeting = meet('we offer', {
      change: (body) => {
        const [head = '', first = '', second = '', ...rest] =
          body.description?.sdp.split(/^(?=m=)/m) ?? [];
        const sdp = [head, second, first, ...rest].join('');
        return { ...body, description: { type: 'answer', sdp } };
      },
    });
    const { a } = meeting;
    await a.until(() => a.errors.length > 0);
    expect(a.status('b')).to.equal('failed');
    expect(a.errors).to.have.length(1);
    expect(a.errors[0]?.fatal).to.equal(true);
    expect(a.errors[0]?.cause).to.include({ name: 'RtcError', code: 'peer-incompatible' });
    meeting.end();
  });

  it('[SG-11] sends to a peer that only receives, and says nothing of a section that it refused', async () => {
    const meeting = meet('we offer', {
      prepare: (pc) => {
        for (const transceiver of pc.getTransceivers()) {
          if (transceiver.receiver.track.kind === 'audio') transceiver.stop();
          else transceiver.direction = 'recvonly';
        }
      },
    });
    const { a, peer } = meeting;
    await connects(meeting);
    const receiver = peer.pc.getReceivers().find(({ track }) => track.kind === 'video');
    if (!receiver) throw new Error('no picture is received');
    await flows(peer.pc, receiver.track);
    expect(a.mesh.getTrack('b', 'camera')).to.equal(null);
    const context = new AudioContext();
    const [microphone] = context.createMediaStreamDestination().stream.getAudioTracks();
    a.mesh.publish('microphone', microphone ?? null);
    const another = makeVideoTrack();
    a.mesh.publish('camera', another);
    // The picture comes after the microphone in the same queue.
    while (!a.connection.getSenders().some(({ track }) => track === another)) {
      await new Promise(requestAnimationFrame);
    }
    expect(a.errors).to.deep.equal([]);
    another.stop();
    await context.close();
    meeting.end();
  });

  it('[SG-12] offers and answers Opus and VP8, and needs no other codec', async () => {
    const asking = meet('we offer');
    await connects(asking);
    const [offer] = asking.peer.heard;
    expect(codecsIn(offer, 'audio')).to.include('opus');
    expect(codecsIn(offer, 'video')).to.include('vp8');
    asking.end();

    const meeting = meet('it offers', {
      change: ({ description, ...body }) =>
        description
          ? { ...body, description: { ...description, sdp: onlyCodecs(description.sdp) } }
          : body,
    });
    const { peer, theirs } = meeting;
    peer.pc.addTransceiver('audio');
    peer.pc.addTransceiver(theirs);
    await peer.offer(2, USUAL);
    await seeEachOther(meeting);
    const answer = peer.heard.find(({ description }) => description?.type === 'answer');
    expect(codecsIn(answer, 'audio')).to.deep.equal(['opus']);
    expect(codecsIn(answer, 'video')).to.deep.equal(['vp8']);
    meeting.end();
  });
});

/** The description with Opus and VP8 alone. */
const onlyCodecs = (sdp: string): string =>
  sdp
    .split(/^(?=m=)/m)
    .map((section) => {
      const kept = [...section.matchAll(/^a=rtpmap:(\d+) (opus|VP8)\//gm)].map(([, type]) => type);
      if (kept.length === 0) return section;
      return section
        .replace(/^(m=\w+ \d+ \S+) [\d ]+/m, `$1 ${kept.join(' ')}`)
        .split('\r\n')
        .filter((line) => {
          const [, type] = /^a=(?:rtpmap|fmtp|rtcp-fb):(\d+) /.exec(line) ?? [];
          return type === undefined || kept.includes(type);
        })
        .join('\r\n');
    })
    .join('');
