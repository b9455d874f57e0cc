/**
 * The media sections of one connection. Microphone and camera are two slots that carry media both
 * ways and last as long as the connection: switching is `replaceTrack`, never a negotiation. A
 * screen has a one-way section, which its owner makes on first use and then uses again.
 */
import type { Source, SourceMap } from '@rtc-elements/protocol';

import type { StartEncoding } from '../adaptation/rules/start-encoding.js';
import type { FrameTransforms } from './frame-transforms.js';
import { setParameters, setStream } from './quirks.js';

/** What is to be sent, by source. It outlives connections. */
export type Outgoing = ReadonlyMap<Source, MediaStreamTrack>;

const SLOTS = ['microphone', 'camera'] as const satisfies readonly Source[];

const kindOf = (source: Source): 'audio' | 'video' =>
  source === 'microphone' || source === 'screen-audio' ? 'audio' : 'video';

const isSlot = (source: Source): boolean => source === 'microphone' || source === 'camera';

/** What a link asks whenever it makes a section. */
export interface SectionWorld {
  /** No media goes over the link, whatever the peer offers. */
  readonly isDataOnly?: boolean;
  /** Live: what is to be sent. The owner changes it before it calls `publish()`. */
  readonly outgoing: Outgoing;
  /** How the camera is sent until adaptation takes over; `null`: as the browser chooses. */
  startEncoding(): StartEncoding | null;
  /** What is done to frames; `null`: nothing. Another one is only for connections that are made later. */
  frameTransforms(): FrameTransforms | null;
}

const receives = ({ currentDirection }: RTCRtpTransceiver): boolean =>
  currentDirection === 'sendrecv' || currentDirection === 'recvonly';

export class TrackSenders {
  readonly #pc: RTCPeerConnection;
  /** Its id is that of audio and video, by which the far side keeps them in sync. */
  readonly #stream = new MediaStream();
  readonly #ours = new Map<Source, RTCRtpTransceiver>();
  readonly #theirs = new Map<Source, RTCRtpTransceiver>();
  readonly #start: StartEncoding | null;
  readonly #world: SectionWorld;
  /** RTP timestamp of the packet whose level was read last. */
  #heardAt = 0;

  constructor(pc: RTCPeerConnection, world: SectionWorld) {
    this.#pc = pc;
    this.#world = world;
    this.#start = world.startEncoding();
  }

  /**
   * Makes the first sections: those of screens being shared and, on the offering side, both slots.
   */
  open(offering: boolean): void {
    if (offering && !this.#world.isDataOnly) SLOTS.forEach((source) => this.#openSlot(source));
    for (const [source, track] of this.#world.outgoing) {
      if (!isSlot(source)) void this.publish(source, track);
    }
  }

  /**
   * To be called when a description of the peer was applied: takes over the sections that are new
   * in it. Where it names no sources, the first section of a kind is the microphone or camera (SG-10).
   */
  async adopt(sources: SourceMap = this.#usualSources()): Promise<void> {
    const adopted: Promise<void>[] = [];
    const known = new Set([...this.#ours.values(), ...this.#theirs.values()]);
    for (const transceiver of this.#pc.getTransceivers()) {
      if (this.#world.isDataOnly) transceiver.direction = 'inactive';
      if (this.#world.isDataOnly) continue;
      const source = transceiver.mid === null ? undefined : sources[transceiver.mid];
      if (source === undefined || known.has(transceiver) || this.#theirs.has(source)) continue;
      this.#addReceiver(source, transceiver);
      if (!isSlot(source)) continue;
      this.#addSender(source, transceiver);
      transceiver.direction = 'sendrecv';
      setStream(transceiver.sender, this.#stream);
      // Set before there is a track, so that the first frame already has that size.
      if (source === 'camera' && this.#start) {
        void setParameters(transceiver.sender, this.#start).catch(() => undefined);
      }
      adopted.push(this.publish(source, this.#world.outgoing.get(source) ?? null));
    }
    await Promise.all(adopted);
  }

  /**
   * Sends `track` as `source`; `null` ends it. A slot that is not there yet takes its track later.
   */
  async publish(source: Source, track: MediaStreamTrack | null): Promise<void> {
    const ours = this.#ours.get(source);
    // The peer has refused the section: there is nothing that could send.
    if (ours?.currentDirection === 'stopped') return;
    if (ours) {
      if (!isSlot(source)) ours.direction = track ? 'sendonly' : 'inactive';
      await ours.sender.replaceTrack(track);
    } else if (track && !isSlot(source)) {
      this.#addSender(source, this.#pc.addTransceiver(track, { direction: 'sendonly' }));
    }
  }

  /** What sends `source`, once there is a section for it. */
  senderOf(source: Source): RTCRtpSender | undefined {
    return this.#ours.get(source)?.sender;
  }

  /** Which source each section carries. */
  get sources(): SourceMap {
    const map: Record<string, Source> = {};
    for (const sections of [this.#ours, this.#theirs]) {
      for (const [source, { mid }] of sections) if (mid !== null) map[mid] = source;
    }
    return map;
  }

  /** The tracks on which media can arrive now. */
  get incoming(): ReadonlyMap<Source, MediaStreamTrack> {
    const tracks = new Map<Source, MediaStreamTrack>();
    for (const [source, transceiver] of this.#theirs) {
      if (receives(transceiver)) tracks.set(source, transceiver.receiver.track);
    }
    return tracks;
  }

  /** How loud the peer's voice is now, 0 to 1, by the packet that was played last. */
  get level(): number {
    const receiver = this.#theirs.get('microphone')?.receiver;
    const [newest] = receiver?.getSynchronizationSources?.() ?? [];
    // Browsers keep reporting the last packet for ten seconds after it.
    if (!newest || newest.timestamp === this.#heardAt) return 0;
    this.#heardAt = newest.timestamp;
    return newest.audioLevel ?? 0;
  }

  #usualSources(): SourceMap {
    const map: Record<string, Source> = {};
    for (const source of SLOTS) {
      const { mid = null } =
        this.#pc.getTransceivers().find(({ receiver }) => receiver.track.kind === kindOf(source)) ??
        {};
      if (mid !== null) map[mid] = source;
    }
    return map;
  }

  #openSlot(source: (typeof SLOTS)[number]): void {
    const transceiver = this.#pc.addTransceiver(
      this.#world.outgoing.get(source) ?? kindOf(source),
      {
        direction: 'sendrecv',
        streams: [this.#stream],
        ...(source === 'camera' && this.#start && { sendEncodings: [{ ...this.#start }] }),
      },
    );
    this.#addSender(source, transceiver);
    this.#addReceiver(source, transceiver);
  }

  /** Every section passes here before it sends its first frame. */
  #addSender(source: Source, transceiver: RTCRtpTransceiver): void {
    this.#ours.set(source, transceiver);
    const transform = this.#world.frameTransforms()?.ofSender(source);
    if (transform) transceiver.sender.transform = transform;
  }

  /** Every section passes here before its first frame arrives. */
  #addReceiver(source: Source, transceiver: RTCRtpTransceiver): void {
    this.#theirs.set(source, transceiver);
    const transform = this.#world.frameTransforms()?.ofReceiver(source);
    if (transform) transceiver.receiver.transform = transform;
  }
}
