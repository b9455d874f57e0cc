/**
 * Shows and plays media of a room in elements of the page: the track of each as it is now, on the chosen speaker, and
 * again after a click if the browser refuses. Loaded when something is first attached.
 */
import type { Source } from '@rtc-elements/protocol';

import type { Room } from '../api/room-api.js';
import { RtcError } from '../state/errors.js';
import type { RoomState } from '../state/room-state.js';
import type { PlaybackHost } from './playback-host.js';

/** What an element is to play. */
export interface Attachment {
  readonly session: string | null;
  readonly source: Source;
}

const SOUNDS: ReadonlySet<Source> = new Set(['microphone', 'screen-audio']);

export class Attachments {
  readonly #host: PlaybackHost;
  readonly #players = new Map<HTMLMediaElement, Player>();
  /** Stops watching the room; `null` while nothing is attached. */
  #unwatch: (() => void) | null = null;

  constructor(host: PlaybackHost) {
    this.#host = host;
  }

  /** Plays `attachment` in `element`, beside whatever else is attached to it, until `signal` aborts. */
  add(element: HTMLMediaElement, attachment: Attachment, signal: AbortSignal): void {
    if (signal.aborted) return;
    const player = this.#players.get(element) ?? new Player(element, () => this.#tell());
    this.#players.set(element, player);
    player.attachments.add(attachment);
    signal.addEventListener('abort', () => {
      player.attachments.delete(attachment);
      this.#look();
    });
    this.#unwatch ??= this.#host.room.subscribe(() => this.#look());
    this.#look();
  }

  /** See `RoomAudio.start`. */
  async start(): Promise<void> {
    // All in this task: the click counts for no other.
    const waiting = [...this.#players.values()].filter(({ isBlocked }) => isBlocked);
    await Promise.all(waiting.map((player) => player.play()));
    if (this.#isBlocked) throw blockedError();
  }

  get #isBlocked(): boolean {
    return [...this.#players.values()].some(({ isBlocked }) => isBlocked);
  }

  #look(): void {
    const { room } = this.#host;
    const speakerId = speakerOf(room.getSnapshot());
    for (const [element, player] of this.#players) {
      if (player.attachments.size === 0) this.#players.delete(element);
      player.show(
        [...player.attachments].flatMap((attachment) => trackOf(attachment, room) ?? []),
        speakerId,
      );
    }
    if (this.#players.size === 0) {
      this.#unwatch?.();
      this.#unwatch = null;
    }
    this.#tell();
  }

  #tell(): void {
    this.#host.onSound(this.#isBlocked ? blockedError() : null);
  }
}

/** One element. Its volume, and whether it is muted, belong to the page. */
class Player {
  readonly attachments = new Set<Attachment>();
  /** Whether the browser has refused to play what it has now. */
  isBlocked = false;
  readonly #element: HTMLMediaElement;
  readonly #onChange: () => void;
  #tracks: readonly MediaStreamTrack[] = [];
  #speakerId = '';
  /** It shows pictures only, and we have muted it for that. */
  #isSilent = false;

  constructor(element: HTMLMediaElement, onChange: () => void) {
    this.#element = element;
    this.#onChange = onChange;
  }

  show(tracks: readonly MediaStreamTrack[], speakerId: string): void {
    const hasSound = [...this.attachments].some(({ source }) => SOUNDS.has(source));
    if (hasSound) this.#useSpeaker(speakerId);
    if (isSameList(tracks, this.#tracks)) return;
    this.#tracks = tracks;
    this.isBlocked = false;
    this.#element.srcObject = tracks.length > 0 ? new MediaStream([...tracks]) : null;
    if (tracks.length === 0) return;
    this.#prepare(hasSound);
    void this.play();
  }

  async play(): Promise<void> {
    const { srcObject } = this.#element;
    const isPresent = (): boolean => srcObject !== null && this.#element.srcObject === srcObject;
    try {
      await this.#element.play();
      if (isPresent()) this.isBlocked = false;
    } catch (error) {
      // Any other failure means that something else is played meanwhile.
      if (isPresent() && error instanceof DOMException && error.name === 'NotAllowedError')
        this.isBlocked = true;
    }
    this.#onChange();
  }

  /** Browsers play pictures without sound at any time, but not always inside the page. */
  #prepare(hasSound: boolean): void {
    const element = this.#element;
    if (element instanceof HTMLVideoElement) element.playsInline = true;
    if (hasSound && this.#isSilent) element.muted = false;
    this.#isSilent = !hasSound && (this.#isSilent || !element.muted);
    if (this.#isSilent) element.muted = true;
  }

  /** Browsers without `setSinkId` use the system's default output. */
  #useSpeaker(id: string): void {
    if (id === this.#speakerId || !('setSinkId' in this.#element)) return;
    this.#speakerId = id;
    this.#element.setSinkId(id).catch(() => undefined);
  }
}

/** While the chosen speaker is unplugged, the default plays; it is used again when it is back. */
const speakerOf = ({ media: { devices, speakerId } }: RoomState): string =>
  (devices.some(({ deviceId }) => deviceId === speakerId) && speakerId) || '';

const trackOf = (
  { session, source }: Attachment,
  room: Pick<Room, 'getTrack' | 'media'>,
): MediaStreamTrack | null =>
  session === null ? room.media.getTrack(source) : room.getTrack(session, source);

const isSameList = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  one.length === other.length && one.every((item, index) => item === other[index]);

/** The browser plays what it is given only after a click. */
export const blockedError = (): RtcError =>
  new RtcError('playback-blocked', 'The browser plays no sound yet. Click to hear the others.', {
    retryable: true,
  });
