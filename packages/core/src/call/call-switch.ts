/**
 * The call of a room, whatever connects it: the present call and, while the room moves to another one,
 * that one beside it. What we send goes to both. Of each peer the newer call is believed as soon as it is
 * connected to them, and each of their tracks is taken from it as soon as something arrives on it.
 */
import {
  type IceServer,
  type MediaFlags,
  type PeerEntry,
  type ShownSize,
  type SignalDelivery,
  type Source,
} from '@rtc-elements/protocol';

import type { CompleteOptions } from '../api/options.js';
import type { RtcError } from '../state/errors.js';
import type { RoomChange } from '../state/room-change.js';
import { LazyModule, loadModule } from '../support/lazy-module.js';
import { inTime } from '../support/in-time.js';
import type { LevelsHost } from './audio-levels/audio-levels.js';
import type { CallBackground } from './background.js';
import type { EventLogHost } from '../diagnostics/event-log.js';
import { CallInput } from './call-input.js';
import type { CallMove } from './call-move.js';
import {
  CallSlot,
  engineError,
  movedError,
  OPEN_MS,
  presentOf,
  type SharedHost,
  type Slots,
  speakerOf,
} from './call-slot.js';
import type { Call, CallFaults, CallOptions, CallSignals, CreateCall } from './ports.js';
import type { EncryptionKeys } from '../api/room-api.js';
import type { PartialReport } from './merge-reports.js';
import { LinkMonitor } from './stats/link-monitor.js';
import { ReceivedTracks } from './received-tracks.js';
import { SwitchedData } from './switched-data.js';

/** What the calls of a room get of it. */
export interface SwitchHost extends SharedHost, EventLogHost, LevelsHost {
  readonly ports: SharedHost['ports'];
  /** What the call is to be encrypted with, from its beginning. */
  encryption(): EncryptionKeys | null;
  dispatch(change: RoomChange): void;
}

/** The engine that every room has. */
export const MESH = 'mesh';

/** What a switch needs of the options of its room. Live. */
export type SwitchOptions = CallOptions & Pick<CompleteOptions, 'engines'>;

export class CallSwitch {
  readonly #host: SwitchHost;
  readonly #options: SwitchOptions;
  /** Takes over from a call that cannot go on. */
  readonly #mesh: CreateCall;
  readonly #monitor: LinkMonitor;
  readonly #background: LazyModule<CallBackground, never>;
  #slots: Slots;
  #isClosed = false;
  /** The move that was begun last. */
  #move: CallMove | null = null;
  readonly #input = new CallInput();
  readonly data = new SwitchedData(
    (session) => speakerOf(this.#slots, session).data,
    () => this.#slots.length > 1,
  );
  readonly #received: ReceivedTracks;

  /**
   * Begins with the call that `first` creates.
   * @throws RtcError `engine-failed` if `first` throws.
   */
  constructor(host: SwitchHost, options: SwitchOptions, mesh: CreateCall, first: CreateCall) {
    this.#host = host;
    this.#options = options;
    this.#mesh = mesh;
    this.#monitor = new LinkMonitor((session, link) =>
      this.#dispatch({ type: 'link', session, link }),
    );
    this.#background = new LazyModule(host, {
      load: async () => {
        const { CallBackground } = await loadModule(import('./background.js'));
        return () => new CallBackground(host, this, this.#monitor);
      },
    });
    this.#slots = [this.#open(first)];
    this.#received = new ReceivedTracks({
      getSnapshot: () => host.getSnapshot(),
      calls: () => this.#slots,
      onChange: (session) => {
        this.#showTracks(session);
        this.#onChange();
      },
    });
    const keys = host.encryption();
    if (keys) this.#report(this.setEncryption(keys));
    this.#start(this.#slots[0]);
  }

  /**
   * Connects everybody anew through the engine `name`, then closes the present call. If that fails, the
   * present one goes on.
   * @throws RtcError as `loadEngine` does; also `timeout` if the call does not open in time;
   * `engine-failed`, or what the engine gives as the reason; `aborted` if another move began or the
   * call was left.
   */
  async move(name: string): Promise<void> {
    const { CallMove, loadEngine } = await loadModule(import('./engines.js'));
    this.#move?.cancel(movedError());
    this.#keep(presentOf(this.#slots));
    if (this.#isClosed) throw movedError();
    const { clock } = this.#host.ports;
    const { engines = {} } = this.#options;
    const move = (this.#move = new CallMove(this.#host));
    const create = name === MESH ? this.#mesh : await move.wait(loadEngine(name, engines, clock));
    // It may have been ended just after the engine had loaded.
    if (this.#move !== move || this.#isClosed) throw movedError();
    const present = this.#slots[0];
    if (present.create === create) return;
    const next = this.#open(create);
    this.#slots = [next, present];
    try {
      await move.run(next, present, this.#input.handTo(next));
    } catch (error) {
      // Another move that has begun since has done this already.
      if (this.#move === move) this.#giveUp(next, present);
      throw error;
    }
    this.#keep(next);
  }

  reconcile(you: PeerEntry, peers: readonly PeerEntry[], iceServers: readonly IceServer[]): void {
    this.#input.reconcile(you, peers, iceServers);
    this.#forEach((call) => call.reconcile(you, peers, iceServers));
    this.#monitor.repeat();
    for (const session of this.#monitor.links.keys()) this.#showTracks(session);
    this.#onChange();
  }

  publish(source: Source, track: MediaStreamTrack | null): void {
    this.#input.publish(source, track);
    for (const slot of this.#slots) slot.publish(source, track);
    this.#wakeBackground();
  }

  /** See `Call.setEncryption`. A call that is being opened and cannot encrypt is given up. */
  async setEncryption(keys: EncryptionKeys | null): Promise<void> {
    this.#input.setEncryption(keys);
    const [next, present = next] = this.#slots;
    if (next !== present) {
      next.setEncryption(keys).catch((error: unknown) => this.#move?.cancel(engineError(error)));
    }
    await present.setEncryption(keys);
  }

  /** See `Call.configure`. */
  readonly configure = (): void => this.#forEach((call) => call.configure?.());

  setFlags(flags: MediaFlags): void {
    this.#input.setFlags(flags);
    this.#forEach((call) => call.setFlags(flags));
  }

  show(session: string, source: 'camera' | 'screen', size: ShownSize | null): void {
    this.#input.show(session, source, size);
    this.#forEach((call) => call.show(session, source, size));
  }

  /** The track of a peer that may be played now. */
  getTrack(session: string, source: Source): MediaStreamTrack | null {
    return this.#received.getTrack(session, source);
  }

  levelOf(session: string): number | undefined {
    return speakerOf(this.#slots, session).run((call) => call.levelOf(session), undefined);
  }

  /** Of each call; see `mergeReports`. */
  reports(): readonly PartialReport[] {
    return this.#slots.map((slot) => ({
      report: slot.report(),
      isBelieved: (session) => speakerOf(this.#slots, session) === slot,
    }));
  }

  get faults(): CallFaults {
    return this.#slots[0].run((call) => call.faults, {});
  }

  restart(session: string): void {
    speakerOf(this.#slots, session).run((call) => call.restart(session), undefined);
  }

  receiveSignal(signal: SignalDelivery): void {
    this.#forEach((call) => call.signals?.receive(signal));
  }

  /** What `hello` needs of the call (EN-6); `null`: nothing. */
  get signals(): CallSignals | null {
    return this.#slots[0].run((call) => call.signals ?? null, null);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#move?.cancel(movedError());
    this.#background.close();
    this.#monitor.close();
    for (const slot of this.#slots) slot.close();
  }

  #open(create: CreateCall): CallSlot {
    return new CallSlot(this.#host, this.#options, create, {
      onPeer: (session) => {
        this.#showLink(session);
        this.#showTracks(session);
        this.#onChange();
      },
      onPeerMedia: (session, media) => {
        this.#dispatch({ type: 'peer-media', session, media });
        this.#wakeBackground();
      },
      onStep: (session, step) =>
        this.#background.tell(({ eventLog }) => eventLog.onStep(session, step)),
      onEnd: (slot, error) => this.#onEnd(slot, error),
    });
  }

  /** Starts a call that has no other beside it. */
  #start(slot: CallSlot): void {
    inTime(slot.start(), OPEN_MS, this.#host.ports.clock).catch((error: unknown) => {
      if (!this.#isClosed && this.#slots.includes(slot)) this.#onEnd(slot, engineError(error));
    });
  }

  /** A new call that ends is given up. When the present one ends, the new one takes over at once. */
  #onEnd(slot: CallSlot, error: RtcError): void {
    const [next, present] = this.#slots;
    if (present && slot === next) return this.#move?.cancel(error);
    this.#host.reportError(error);
    if (present) this.#keep(next);
    else this.#replace(slot);
  }

  #giveUp(next: CallSlot, present: CallSlot): void {
    if (this.#slots.includes(present)) this.#keep(present);
    else this.#replace(next);
  }

  /** The mesh takes over from the only call, which is over. */
  #replace(slot: CallSlot): void {
    if (this.#isClosed || slot.create === this.#mesh) return;
    const next = this.#open(this.#mesh);
    this.#slots = [next, slot];
    this.#keep(next);
    this.#report(this.#input.handTo(next));
    this.#start(next);
  }

  #report(task: Promise<void>): void {
    task.catch((error: unknown) => this.#host.reportError(engineError(error)));
  }

  /** Closes every call but `slot`. */
  #keep(slot: CallSlot): void {
    if (this.#isClosed || !this.#slots.includes(slot)) return;
    const before = this.#slots;
    const sessions = new Set(before.flatMap(({ statuses }) => [...statuses.keys()]));
    this.#slots = [slot];
    this.data.settle(slot !== before.at(-1));
    for (const other of before) if (other !== slot) other.close();
    for (const session of sessions) {
      this.#showLink(session);
      this.#showTracks(session);
    }
    this.#wakeBackground();
  }

  #forEach(task: (call: Call) => void): void {
    for (const slot of this.#slots) slot.run(task, undefined);
  }

  #showLink(session: string): void {
    const status = speakerOf(this.#slots, session).statusOf(session);
    if ((this.#monitor.links.get(session)?.status ?? 'none') === status) return;
    this.#monitor.setStatus(session, status);
  }

  #showTracks(session: string): void {
    this.#dispatch({ type: 'tracks', session, tracks: this.#received.idsOf(session) });
  }

  #onChange(): void {
    this.#move?.look();
    this.#wakeBackground();
  }

  #dispatch(change: RoomChange): void {
    if (!this.#isClosed) this.#host.dispatch(change);
  }

  /** If the background cannot be loaded, the next change tries again. */
  #wakeBackground(): void {
    if (!this.#isClosed) this.#background.tell((background) => background.wake());
  }
}
