/** Everything of `room.files` that is loaded when files are first sent, offered or looked at. */
import type {
  AcceptOptions,
  FileOffer,
  FileSelection,
  OfferOptions,
  SharedFiles,
  Transfer,
} from '../api/files-api.js';
import { openPeerPaths } from '../data/peer-paths.js';
import type { DataContext, PeerPaths } from '../data/ports.js';
import { RtcError } from '../state/errors.js';
import type { Peer } from '../state/room-state.js';
import { FileSource } from './file-source.js';
import { freeBuffer } from './free-buffer.js';
import { IncomingOffers } from './incoming-offers.js';
import type { IncomingTransfer } from './incoming-transfer.js';
import { OutgoingOffers } from './outgoing-offers.js';
import type { OutgoingTransfer } from './outgoing-transfer.js';
import type { FilesContext } from './ports.js';
import { readSelection } from './read-selection.js';
import { decodeFrame, encodeFrame, type FileFrame } from './rules/frames.js';
import { notReceivedError } from './sinks.js';
import { isTalking } from './talking.js';
import { isFinal, type TransferItem } from './transfer-item.js';
import { TransferList } from './transfer-list.js';
import { recordKey, type TransferRecord, TransferRecords } from './transfer-records.js';

/** How long a page that was reloaded may take to let go of its transfers, ms. */
const CLAIM_MS = 300;

/** The longest words of somebody who declines, in UTF-16 units. */
const MAX_WORDS = 200;

export class FileTransfers {
  readonly #room: DataContext;
  readonly #list: TransferList;
  readonly #records = new TransferRecords();
  readonly #url: string;
  readonly #incoming: IncomingOffers;
  readonly #outgoing: OutgoingOffers;
  #paths: PeerPaths | null = null;
  /** Of the last piece that was sent. */
  #pieceMemory: ArrayBuffer | null = null;
  /** Those who were here when it was last looked for whom there is something. */
  #seen: ReadonlySet<string> = new Set();

  /** `onChange`: the list has changed. */
  constructor(room: DataContext, url: string, onChange: () => void) {
    this.#room = room;
    this.#url = url;
    this.#list = new TransferList(
      room,
      () => {
        this.#outgoing.onListChange();
        onChange();
      },
      (item) => this.#onEnd(item),
    );
    const context = this.#createContext();
    this.#incoming = new IncomingOffers(context);
    this.#outgoing = new OutgoingOffers(context);
  }

  /** Resolves once what an earlier page has left is in the list, and others can send. Never rejects. */
  async open(): Promise<void> {
    const records = await this.#records.list(this.#room.clock.now());
    await this.#incoming.sinks.storage.keepOnly(new Set(records.map(({ offer }) => offer.id)));
    const { you } = this.#room.getSnapshot();
    if (you) return this.#begin(records, you.user);
    const stop = this.#room.subscribe(() => {
      const user = this.#room.getSnapshot().you?.user;
      if (user === undefined) return;
      stop();
      void this.#begin(records, user);
    });
  }

  /** We are in the room, so it is known whose transfers are ours. */
  async #begin(records: readonly TransferRecord[], user: string): Promise<void> {
    const ours = records.filter(({ room, us }) => room === this.#url && us === user);
    const restored = Promise.all(ours.map((record) => this.#restore(record)));
    // What another page still has comes when that one goes.
    await new Promise<void>((resolve) => {
      const stopTimer = this.#room.clock.setTimer(CLAIM_MS, resolve);
      void restored.then(stopTimer).then(resolve);
    });
    this.#paths = openPeerPaths(this.#room, 'files', {
      onOpen: (session) => this.#onOpen(session),
      onMessage: (session, data) => this.#receive(session, data),
      onReset: (session) => this.#lose(session, false),
      onClose: (session) => {
        this.#lose(session, true);
        this.#seen = new Set();
        this.#reachAll();
      },
      isHeld: (session) => this.#incoming.isOpen(session) || this.#outgoing.isOpen(session),
    });
    this.#room.subscribe(() => this.#reachAll());
    this.#reachAll();
  }

  get snapshot(): readonly Transfer[] {
    return this.#list.snapshot;
  }

  offer(files: FileSelection, options: OfferOptions = {}): Promise<FileOffer> {
    return this.#outgoing.offer(files, options);
  }

  share(files: FileSelection, { name }: Pick<OfferOptions, 'name'> = {}): Promise<SharedFiles> {
    return this.#outgoing.share(files, name);
  }

  unshare(id: string): void {
    this.#outgoing.unshare(id);
  }

  async request(shared: string, from: string, options: AcceptOptions = {}): Promise<string> {
    const peer = this.#peer(from);
    if (!peer) throw new RtcError('not-found', 'They are not here now.');
    if (this.#paths?.statusOf(from) === 'unsupported')
      throw new RtcError('unsupported', 'Their page sends no files. Ask them to reload it.');
    return this.#incoming.request(shared, peer, options);
  }

  accept(id: string, options: AcceptOptions = {}): Promise<void> {
    return this.#incoming.accept(id, options);
  }

  decline(id: string, reason = ''): void {
    const transfer = this.#incoming.get(id);
    if (transfer && !transfer.isAccepted && !isFinal(transfer.item.view))
      transfer.decline(reason.slice(0, MAX_WORDS));
  }

  pause(id: string): void {
    this.#get(id)?.pause(true);
  }

  async resume(id: string, files?: FileSelection): Promise<void> {
    const transfer = this.#get(id);
    if (!transfer || isFinal(transfer.item.view))
      throw new RtcError('not-found', 'This transfer has ended.');
    transfer.pause(false);
    const { status, needsFiles } = transfer.item.view;
    if (needsFiles) return this.#resumeWith(id, files);
    if (status !== 'interrupted') return;
    await this.#incoming.resume(id);
    const outgoing = this.#outgoing.get(id);
    outgoing?.item.interrupt(null);
    outgoing?.offer();
    const { user } = transfer.item.view;
    for (const peer of this.#room.getSnapshot().peers)
      if (peer.user === user) this.#reach(peer.session);
  }

  cancel(id: string): void {
    const transfer = this.#get(id);
    if (transfer && !isFinal(transfer.item.view)) transfer.cancel();
  }

  async discard(id: string): Promise<void> {
    this.cancel(id);
    const isDeleted = this.#deleteRecords(id);
    this.#outgoing.remove(id);
    await this.#incoming.remove(id);
    await isDeleted;
    this.#list.remove(id);
  }

  async take(id: string): Promise<File> {
    return this.#incoming.sinks.take(this.#received(id));
  }

  async preview(id: string): Promise<Blob | null> {
    return this.#incoming.sinks.preview(this.#received(id));
  }

  /** Nothing is sent or received any more; what can go on later is kept. */
  close(): void {
    this.#paths?.close();
    this.#list.close();
    this.#records.close();
  }

  #createContext(): FilesContext {
    const { clock } = this.#room;
    return {
      clock,
      list: this.#list,
      records: this.#records,
      room: this.#url,
      getSnapshot: () => this.#room.getSnapshot(),
      dispatchEvent: (event) => this.#room.dispatchEvent(event),
      statusOf: (session) => this.#paths?.statusOf(session) ?? 'opening',
      send: (session, frame) => this.#send(session, frame),
      headroom: (session) => this.#paths?.headroom(session) ?? Promise.resolve(false),
      isShared: () => isTalking(this.#room),
      reach: (session) => this.#reach(session),
    };
  }

  async #restore(record: TransferRecord): Promise<void> {
    if (!(await this.#records.claim(record.key)) || this.#get(record.offer.id)) return;
    if (record.direction === 'send') return this.#outgoing.restore(record);
    // It may take seconds, and nobody waits for it.
    void this.#incoming.restore(record);
  }

  async #resumeWith(id: string, files: FileSelection | undefined): Promise<void> {
    if (!files) throw new RtcError('bad-argument', 'resume(): pass the files that were offered.');
    const source = new FileSource(await readSelection(files, this.#get(id)?.item.view.name));
    await this.#outgoing.get(id)?.resume(source);
  }

  #onOpen(session: string): void {
    const peer = this.#peer(session);
    if (!peer) return;
    this.#incoming.onOpen(peer);
    this.#outgoing.onOpen(peer);
  }

  #receive(session: string, data: string | ArrayBuffer): void {
    const peer = this.#peer(session);
    const frame = decodeFrame(data);
    if (!peer || !frame) return;
    if (frame.type === 'want') return this.#outgoing.onWant(peer, frame.id);
    if (isForSender(frame)) this.#outgoing.receive(peer, frame);
    if (!isForSender(frame) || isForBoth(frame)) this.#incoming.receive(peer, frame);
    // Whatever outlives the frame is a copy.
    if (typeof data !== 'string') freeBuffer(data);
  }

  #send(session: string, frame: FileFrame): boolean {
    const data = encodeFrame(frame, this.#pieceMemory);
    // A path has taken its own copy when it returns.
    if (frame.type === 'piece') this.#pieceMemory = data;
    return this.#paths?.send(session, data) ?? false;
  }

  /** Has a way made to them, if there is none (DL-1). */
  #reach(session: string): void {
    if (this.#paths?.statusOf(session) === 'open') return;
    void this.#room.wantLink(session, 'files').then((error) => {
      const peer = this.#peer(session);
      if (!error || error.code === 'aborted' || !peer || this.#paths?.statusOf(session) === 'open')
        return;
      this.#outgoing.fail(session, error);
      this.#incoming.fail(peer, error);
    });
  }

  /** Whoever has come, entered or left the call, or lost the way to us, and with whom a transfer is not over. */
  #reachAll(): void {
    const { connection, you, peers } = this.#room.getSnapshot();
    const before = this.#seen;
    const present = connection === 'closed' ? [] : peers;
    const isInCall = (call: number): boolean => call > 0 && (you?.call ?? 0) > 0;
    this.#seen = new Set(present.map(({ session, call }) => `${session} ${isInCall(call)}`));
    for (const { session, user, call } of present) {
      if (before.has(`${session} ${isInCall(call)}`)) continue;
      if (this.#incoming.isFrom(user) || this.#outgoing.isFor(user)) this.#reach(session);
    }
  }

  #lose(session: string, isGone: boolean): void {
    this.#incoming.lose(session, isGone);
    this.#outgoing.lose(session, isGone);
  }

  #onEnd({ view }: TransferItem): void {
    const transfer = this.#incoming.get(view.id);
    if (view.status !== 'done' || !transfer) void this.#deleteRecords(view.id);
    // Nobody has said yes: it leaves no trace that others could fill the list with.
    if (!transfer || transfer.isAccepted || view.status === 'declined') return;
    void this.#incoming.remove(view.id);
    this.#list.remove(view.id);
  }

  async #deleteRecords(id: string): Promise<void> {
    const { direction } = this.#incoming.get(id)?.item.view ?? { direction: 'send' };
    await this.#records.delete(recordKey(direction, id));
  }

  #get(id: string): IncomingTransfer | OutgoingTransfer | undefined {
    return this.#incoming.get(id) ?? this.#outgoing.get(id);
  }

  #received(id: string): IncomingTransfer {
    const transfer = this.#incoming.get(id);
    if (!transfer) throw notReceivedError();
    return transfer;
  }

  #peer(session: string): Peer | undefined {
    return this.#room.getSnapshot().peers.find((peer) => peer.session === session);
  }
}

const isForBoth = ({ type }: FileFrame): boolean => type === 'pause' || type === 'stop';

const isForSender = (frame: FileFrame): boolean =>
  isForBoth(frame) || ['accept', 'credit', 'need', 'done'].includes(frame.type);
