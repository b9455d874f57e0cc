/** What others offer us, and the transfers that have come of it. */
import { type AcceptOptions, FileOfferEvent } from '../api/files-api.js';
import { RtcError } from '../state/errors.js';
import type { Peer } from '../state/room-state.js';
import { createDeferred, type Deferred } from '../support/deferred.js';
import { HandleSink } from './handle-sink.js';
import { IncomingTransfer } from './incoming-transfer.js';
import { StorageSink } from './part-storage.js';
import type { FilesContext } from './ports.js';
import { fileError, STOP_CODES } from './rules/file-error.js';
import type { FileFrame, OfferFrame, StopReason } from './rules/frames.js';
import { OfferLimits } from './rules/offer-limits.js';
import { Sinks } from './sinks.js';
import { isFinal } from './transfer-item.js';
import { recordKey, type TransferRecord } from './transfer-records.js';
import { showOffer } from './transfer-view.js';

/** How long somebody may take to offer what we ask them for, ms. */
const REQUEST_MS = 15_000;

/** Something that somebody shares, and that we have asked for. */
interface Wanted {
  readonly user: string;
  readonly outcome: Deferred<IncomingTransfer>;
}

export class IncomingOffers {
  readonly sinks = new Sinks();
  readonly #context: FilesContext;
  readonly #limits = new OfferLimits();
  readonly #transfers = new Map<string, IncomingTransfer>();
  readonly #accepting = new Map<string, Promise<void>>();
  /** By the id under which it is shared. */
  readonly #wanted = new Map<string, Wanted>();

  constructor(context: FilesContext) {
    this.#context = context;
  }

  get(id: string): IncomingTransfer | undefined {
    return this.#transfers.get(id);
  }

  receive(peer: Peer, frame: FileFrame): void {
    if (frame.type === 'offer') return this.#onOffer(peer, frame);
    if (frame.type === 'stop') this.#onRefused(peer, frame.id, frame.reason);
    const transfer = this.#transfers.get(frame.id);
    if (transfer?.item.view.user === peer.user) transfer.receive(peer.session, frame);
  }

  /** Throws as `RoomFiles.accept()`. */
  accept(id: string, { sink }: AcceptOptions): Promise<void> {
    const transfer = this.#transfers.get(id);
    const before = this.#accepting.get(id);
    if (before) return before;
    if (!transfer || isFinal(transfer.item.view)) throw noOfferError();
    const { status, problem } = transfer.item.view;
    const isStuck =
      lostFile(transfer) !== null || ['no-space', 'destination-lost'].includes(problem?.code ?? '');
    if (transfer.isAccepted && !(status === 'interrupted' && isStuck)) return Promise.resolve();
    const accepting = this.#accept(transfer, sink).finally(() => this.#accepting.delete(id));
    this.#accepting.set(id, accepting);
    return accepting;
  }

  /** Goes on with what was interrupted. Throws as `RoomFiles.resume()`. */
  async resume(id: string): Promise<void> {
    const transfer = this.#transfers.get(id);
    if (!transfer) return;
    const lost = lostFile(transfer);
    // What was written is gone, so all of it comes again.
    if (lost) return this.accept(id, { sink: lost });
    transfer.item.interrupt(null);
    await transfer.ask();
  }

  /** Throws as `RoomFiles.request()`. */
  async request(shared: string, peer: Peer, options: AcceptOptions): Promise<string> {
    const outcome = this.#wanted.get(shared)?.outcome ?? createDeferred<IncomingTransfer>();
    this.#wanted.set(shared, { user: peer.user, outcome });
    const stopTimer = this.#context.clock.setTimer(REQUEST_MS, () =>
      outcome.reject(new RtcError('timeout', 'They do not answer. Try again.')),
    );
    try {
      // If there is no way to them yet, they are asked once there is.
      this.#want(peer, shared);
      this.#context.reach(peer.session);
      const transfer = await outcome.promise;
      await this.accept(transfer.offer.id, options);
      return transfer.offer.id;
    } finally {
      stopTimer();
      this.#wanted.delete(shared);
    }
  }

  onOpen(peer: Peer): void {
    for (const [shared, { user }] of this.#wanted) {
      if (user === peer.user) this.#want(peer, shared);
    }
    for (const transfer of this.#transfers.values()) {
      const { item } = transfer;
      if (item.view.user === peer.user && item.view.session === null)
        item.set({ session: peer.session, peerName: peer.name });
      if (item.view.session === peer.session) transfer.onOpen();
    }
  }

  lose(session: string, isGone: boolean): void {
    for (const transfer of [...this.#transfers.values()]) {
      if (transfer.item.view.session !== session) continue;
      transfer.lose(isGone ? fileError('sender-gone') : null);
      if (!isGone) continue;
      transfer.item.set({ session: null });
      // They offer it again when they are back, if they still want to.
      if (transfer.item.view.status === 'offered') this.#forget(transfer);
    }
  }

  /** There is no way to them, and why. */
  fail({ session, user }: Peer, error: RtcError): void {
    for (const wanted of this.#wanted.values())
      if (wanted.user === user) wanted.outcome.reject(error);
    for (const transfer of this.#transfers.values()) {
      const { view } = transfer.item;
      if (view.session === session && !isFinal(view)) transfer.lose(error);
    }
  }

  /** Whether something is to come from this person. */
  isFrom(user: string): boolean {
    return (
      [...this.#wanted.values()].some((wanted) => wanted.user === user) ||
      [...this.#transfers.values()].some(
        ({ isAccepted, item: { view } }) => isAccepted && view.user === user && !isFinal(view),
      )
    );
  }

  /** Whether an offer of theirs waits for an answer here, or goes on. */
  isOpen(session: string): boolean {
    return [...this.#transfers.values()].some(
      ({ item: { view } }) => view.session === session && !isFinal(view),
    );
  }

  /** Deletes what is kept of it. */
  async remove(id: string): Promise<void> {
    const transfer = this.#transfers.get(id);
    this.#transfers.delete(id);
    this.sinks.forget(id);
    await transfer?.drop();
  }

  /** A transfer of an earlier page: what is kept of it is looked at, and it goes on when its sender is here. */
  async restore(record: TransferRecord): Promise<void> {
    const { offer, user, peerName, isDone } = record;
    const view = showOffer('receive', offer, { session: null, user, name: peerName });
    const item = this.#context.list.create({ ...view, status: 'checking' });
    const transfer = this.#create(item, offer);
    this.#context.list.add(item);
    const stored = await this.sinks.storage.find(offer.id);
    if (this.#transfers.get(offer.id) !== transfer) return;
    if (!stored) {
      this.#forget(transfer);
      return this.#context.records.delete(keyOf(offer));
    }
    await transfer.restore(stored, isDone);
  }

  #onOffer(peer: Peer, frame: OfferFrame): void {
    const known = this.#transfers.get(frame.id);
    if (known) return this.#onKnown(known, peer, frame);
    const reason = this.#limits.check(peer, this.#pending, this.#context.clock.now());
    if (reason) return this.#stop(peer, frame.id, reason);
    const item = this.#context.list.create(showOffer('receive', frame, peer));
    const transfer = this.#create(item, frame);
    this.#context.list.add(item);
    const wanted = frame.isRequested ? this.#wanted.get(frame.offer) : undefined;
    if (wanted?.user === peer.user) return wanted.outcome.resolve(transfer);
    // Whoever hears of it may answer at once, so it is in the list before.
    const event = new FileOfferEvent(item.view);
    this.#context.dispatchEvent(event);
    if (event.defaultPrevented) item.set({ isHandled: true });
  }

  /** After a loss, or a reload: whoever may go on does. */
  #onKnown(transfer: IncomingTransfer, peer: Peer, frame: OfferFrame): void {
    const { item, offer } = transfer;
    const isSame = frame.secret === offer.secret && frame.size === offer.size;
    if (item.view.user !== peer.user || !isSame) return this.#stop(peer, frame.id, 'unknown');
    item.set({ session: peer.session, peerName: peer.name });
    if (item.view.status === 'done') return transfer.confirm();
    if (item.view.status === 'declined') return this.#stop(peer, frame.id, 'declined');
    if (isFinal(item.view)) return this.#stop(peer, frame.id, 'cancelled');
    const { code = '' } = item.view.problem ?? {};
    // Until the person has made room or chosen another place, it would fail again.
    if (transfer.isAccepted && code !== 'no-space' && code !== 'destination-lost')
      void transfer.ask();
  }

  #onRefused(peer: Peer, shared: string, reason: StopReason): void {
    const wanted = this.#wanted.get(shared);
    if (wanted?.user !== peer.user) return;
    const error =
      reason === 'unknown'
        ? new RtcError('not-found', 'They do not share this any more.')
        : fileError(STOP_CODES[reason]);
    wanted.outcome.reject(error);
  }

  async #accept(transfer: IncomingTransfer, sink: AcceptOptions['sink']): Promise<void> {
    const { id } = transfer.offer;
    if (transfer.sink instanceof StorageSink && this.sinks.aim(id, sink)) return transfer.ask();
    if (transfer.sink instanceof HandleSink) await transfer.sink.discard();
    const opened = await this.sinks.open(transfer, sink);
    if (this.#transfers.get(id) !== transfer || isFinal(transfer.item.view)) {
      await opened.discard();
      throw noOfferError();
    }
    if (opened instanceof StorageSink) await this.#keep(transfer, false);
    transfer.accept(opened);
  }

  async #save(transfer: IncomingTransfer): Promise<void> {
    const isTakeable = await this.sinks.save(transfer);
    if (isTakeable && transfer.sink instanceof StorageSink) await this.#keep(transfer, true);
    else await this.#context.records.delete(keyOf(transfer.offer));
    transfer.item.set({ isTakeable });
  }

  #keep({ item, offer }: IncomingTransfer, isDone: boolean): Promise<void> {
    const { records, room, clock, getSnapshot } = this.#context;
    const us = getSnapshot().you?.user ?? '';
    const { user, peerName } = item.view;
    const direction = 'receive' as const;
    const at = clock.now();
    const key = keyOf(offer);
    return records.put({ key, direction, room, us, user, peerName, offer, isDone, at });
  }

  #create(item: IncomingTransfer['item'], offer: OfferFrame): IncomingTransfer {
    const save = (one: IncomingTransfer): Promise<void> => this.#save(one);
    const transfer = new IncomingTransfer(this.#context, item, offer, { save });
    this.#transfers.set(offer.id, transfer);
    return transfer;
  }

  #forget({ offer: { id } }: IncomingTransfer): void {
    this.#transfers.delete(id);
    this.#context.list.remove(id);
  }

  #want({ session }: Peer, shared: string): void {
    this.#context.send(session, { type: 'want', id: shared });
  }

  #stop({ session }: Peer, id: string, reason: StopReason): void {
    this.#context.send(session, { type: 'stop', id, reason, words: '' });
  }

  /** Whose offers nobody has answered. */
  get #pending(): readonly string[] {
    return [...this.#transfers.values()]
      .filter(({ item }) => item.view.status === 'offered')
      .map(({ item }) => item.view.user);
  }
}

/** The chosen file into which nothing can be written any more, unless it is opened anew. */
const lostFile = ({ sink }: IncomingTransfer): FileSystemFileHandle | null =>
  sink instanceof HandleSink && sink.isLost ? sink.handle : null;

const keyOf = ({ id }: OfferFrame): string => recordKey('receive', id);

const noOfferError = (): RtcError => new RtcError('not-found', 'This offer is not open any more.');
