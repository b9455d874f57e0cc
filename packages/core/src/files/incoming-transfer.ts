/** The receiver's end of one transfer: accepts, verifies each part and stores it, and asks again for what is missing. */
import { RtcError } from '../state/errors.js';
import { givePartBuffer, takePartBuffer } from './part-buffers.js';
import type { StoredParts } from './part-storage.js';
import type { PartSink, TransferPath } from './ports.js';
import { type HashedPart, Assembly, type Assembled } from './rules/assembly.js';
import { fileError, isInterruption, STOP_CODES } from './rules/file-error.js';
import { type FileFrame, isSameBytes, type OfferFrame, type StopReason } from './rules/frames.js';
import { decodeManifest, type ManifestEntry } from './rules/manifest.js';
import { partCount, PartSet } from './rules/part-set.js';
import { sha256 } from './sha256.js';
import { isFinal, type TransferItem } from './transfer-item.js';

type FrameOf<Type extends FileFrame['type']> = FileFrame & { readonly type: Type };

export interface IncomingHandlers {
  /** Everything is here and was found whole: writes it to where it goes. */
  save(transfer: IncomingTransfer): Promise<void>;
}

export class IncomingTransfer {
  readonly item: TransferItem;
  readonly offer: OfferFrame;
  readonly #path: TransferPath;
  readonly #handlers: IncomingHandlers;
  #sink: PartSink | null = null;
  #isAccepted = false;
  /** The sender was to be asked, and could not be yet. */
  #isAskDue = false;
  #parts: PartSet;
  #assembly: Assembly;
  #digest: Uint8Array | null = null;
  /** Verifies and stores one part after the other. */
  #storing: Promise<void> = Promise.resolve();
  /** Settles once what was deleted last is gone. */
  #dropped: Promise<void> = Promise.resolve();
  #entries: readonly ManifestEntry[] | null = null;

  constructor(
    path: TransferPath,
    item: TransferItem,
    offer: OfferFrame,
    handlers: IncomingHandlers,
  ) {
    this.#path = path;
    this.item = item;
    this.offer = offer;
    this.#handlers = handlers;
    this.#parts = new PartSet(offer.size);
    this.#assembly = new Assembly(offer.size, this.#parts, takePartBuffer);
  }

  get sink(): PartSink | null {
    return this.#sink;
  }

  /** What is in it; of one file that alone. `null`: the list has not arrived. */
  get entries(): readonly ManifestEntry[] | null {
    return this.#entries;
  }

  /** Whether somebody here has said yes to it. */
  get isAccepted(): boolean {
    return this.#isAccepted;
  }

  /** Puts the parts into `sink` from now on. `kept`: the hashes of those that are in it. */
  accept(sink: PartSink, kept: ReadonlyMap<number, Uint8Array> = new Map()): void {
    this.#sink = sink;
    this.#isAccepted = true;
    this.#digest = null;
    this.#parts = new PartSet(this.offer.size);
    for (const [index, hash] of kept) {
      if (index < partCount(this.offer.size)) this.#parts.add(index, hash);
    }
    this.#restart();
    this.item.arrive(this.#contentBytes);
    this.item.interrupt(null);
    void this.ask();
  }

  /** What an earlier page has left. Goes on if the sender is here; `isDone`: nothing is missing. */
  async restore({ sink, kept }: StoredParts, isDone: boolean): Promise<void> {
    if (!isDone) {
      this.accept(sink, kept);
      if (this.item.view.session === null) this.item.interrupt(fileError('sender-gone'));
      return;
    }
    this.#sink = sink;
    this.#isAccepted = true;
    for (const [index, hash] of kept) this.#parts.add(index, hash);
    const hashes = this.#parts.allHashes();
    this.#digest = hashes && (await sha256(hashes));
    this.#entries = this.#digest && (await this.#readEntries());
    const { size } = this.item.view;
    if (this.#entries)
      this.item.set({ status: 'done', bytes: size, progress: 1, isTakeable: true });
    else this.fail(fileError('file-corrupt'));
  }

  /** Asks the sender for what is missing, if there is a way to them. */
  async ask(): Promise<void> {
    const assembly = this.#assembly;
    this.#isAskDue = false;
    await this.#storing;
    const { view } = this.item;
    if (this.#assembly !== assembly || isFinal(view) || view.session === null) return;
    if (this.#digest) return void this.#end(this.#digest);
    const have = this.#parts.runs();
    const check = await sha256(this.#parts.hashesOf(have) ?? new Uint8Array());
    if (this.#assembly !== assembly || !this.#sink) return;
    assembly.begin();
    const { id, secret } = this.offer;
    const { run, credit } = assembly;
    const frame = { type: 'accept', id, secret, run, credit, check, have } as const;
    if (!this.#path.send(view.session, frame)) {
      this.#isAskDue = true;
      return;
    }
    if (this.item.isPausedByUs) this.#path.send(view.session, { type: 'pause', id, on: true });
    this.item.run();
  }

  /** Our end of the way to the sender can be used: theirs may have opened sooner, and their offer come before that. */
  onOpen(): void {
    if (this.#isAskDue) void this.ask();
  }

  receive(session: string, frame: FileFrame): void {
    if (session !== this.item.view.session || isFinal(this.item.view)) return;
    if (frame.type === 'stop') return this.#onStop(frame);
    if (frame.type === 'pause') return void this.item.pause('them', frame.on);
    if (!this.#sink) return;
    if (frame.type === 'piece') this.#takePiece(frame);
    if (frame.type === 'part') this.#take(this.#assembly.part(frame));
    if (frame.type === 'end') this.#take(this.#assembly.end(frame));
  }

  pause(on: boolean): void {
    const { session } = this.item.view;
    if (!this.item.pause('us', on) || session === null) return;
    this.#path.send(session, { type: 'pause', id: this.offer.id, on });
  }

  lose(error: RtcError | null): void {
    if (!this.isAccepted && error === null) return;
    this.item.interrupt(error);
  }

  decline(words: string): void {
    this.#tell('declined', words);
    this.item.end('declined', null);
  }

  cancel(): void {
    this.#tell('cancelled');
    this.item.end('cancelled', null);
    void this.drop();
  }

  /** It cannot be stored here, at least for now. */
  fail(error: RtcError): void {
    const reasons: Partial<Record<string, StopReason>> = {
      'no-space': 'no-space',
      'destination-lost': 'destination-lost',
      'file-corrupt': 'corrupt',
    };
    const reason = reasons[error.code] ?? 'broken';
    this.#tell(reason);
    this.#restart();
    if (isInterruption(reason)) return this.item.interrupt(error);
    this.item.end('failed', error);
    void this.drop();
  }

  /** Deletes what is here of it. Resolves once that is done, whoever asked for it first. */
  drop(): Promise<void> {
    const sink = this.#sink;
    this.#sink = null;
    if (sink) this.#dropped = this.#storing.then(() => sink.discard());
    return this.#dropped;
  }

  /** Tells the sender again that it has all arrived. */
  confirm(): void {
    const { session } = this.item.view;
    if (this.#digest && session !== null)
      this.#path.send(session, { type: 'done', id: this.offer.id, digest: this.#digest });
  }

  /** Each that was taken is answered, for the sender to know what is on its way. */
  #takePiece(frame: FrameOf<'piece'>): void {
    const taken = this.#assembly.piece(frame);
    this.#take(taken);
    if (taken.kind === 'none') this.#grant();
  }

  #take(assembled: Assembled): void {
    if (assembled.kind === 'broken') this.fail(fileError('transfer-broken'));
    if (assembled.kind === 'ended') void this.#end(assembled.digest);
    if (assembled.kind !== 'part') return;
    const assembly = this.#assembly;
    const { run } = assembly;
    this.#storing = this.#storing.then(() => this.#store(assembly, run, assembled.part));
  }

  /** Never rejects. */
  async #store(assembly: Assembly, run: number, part: HashedPart): Promise<void> {
    const isPresent = (): boolean => this.#assembly === assembly && this.#sink !== null;
    if (!isPresent()) return givePartBuffer(part.bytes);
    try {
      if (!isSameBytes(await sha256(part.bytes), part.hash)) {
        givePartBuffer(part.bytes);
        if (isPresent()) this.#onDamaged(run, part.index);
        return;
      }
      await this.#sink?.write(part);
    } catch (error) {
      if (!(error instanceof RtcError)) throw error;
      if (isPresent()) this.fail(error);
      return;
    }
    if (isPresent()) this.#onStored(run, part);
  }

  #onStored(run: number, part: HashedPart): void {
    const next = this.#assembly.stored(run, part);
    this.item.arrive(this.#contentBytes);
    if (run === this.#assembly.run) this.#grant();
    this.#take(next);
  }

  #onDamaged(run: number, index: number): void {
    const { kind } = this.#assembly.damaged(run, index);
    if (kind === 'broken') return this.fail(fileError('file-corrupt'));
    if (kind === 'stale') return;
    this.#send({ type: 'need', id: this.offer.id, run, index });
    this.#grant();
  }

  #grant(): void {
    const { run, credit } = this.#assembly;
    this.#send({ type: 'credit', id: this.offer.id, run, credit, stored: this.#parts.bytes });
  }

  async #end(digest: Uint8Array): Promise<void> {
    const hashes = this.#parts.allHashes();
    if (!hashes || !isSameBytes(await sha256(hashes), digest))
      return this.fail(fileError('file-corrupt'));
    this.#digest = digest;
    if (isFinal(this.item.view) || this.item.view.status === 'saving') return;
    this.item.set({ status: 'saving', problem: null, pausedBy: null });
    try {
      this.#entries = await this.#readEntries();
      if (!this.#entries) return this.fail(fileError('transfer-broken'));
      this.item.set({ entries: this.#entries.slice(0, 1_000) });
      await this.#handlers.save(this);
    } catch (error) {
      if (!(error instanceof RtcError)) throw error;
      return this.fail(error);
    }
    this.confirm();
    this.item.end('done', null);
  }

  async #readEntries(): Promise<readonly ManifestEntry[] | null> {
    const { manifestBytes, count, size } = this.offer;
    if (manifestBytes === 0) return [{ path: this.item.view.name, size }];
    const all = await this.#sink?.read();
    if (!all) return null;
    const bytes = new Uint8Array(await all.slice(0, manifestBytes).arrayBuffer());
    return decodeManifest(bytes, { count, contentBytes: size - manifestBytes });
  }

  #onStop({ reason }: FrameOf<'stop'>): void {
    this.#restart();
    const error = fileError(STOP_CODES[reason]);
    if (isInterruption(reason)) return this.item.interrupt(error);
    this.item.end(reason === 'cancelled' ? 'cancelled' : 'failed', error);
    void this.drop();
  }

  /** What still arrives of the present run is of no use. */
  #restart(): void {
    this.#assembly = new Assembly(
      this.offer.size,
      this.#parts,
      takePartBuffer,
      this.#assembly.nextRun,
    );
  }

  #tell(reason: StopReason, words = ''): void {
    this.#send({ type: 'stop', id: this.offer.id, reason, words });
  }

  #send(frame: FileFrame): void {
    const { session } = this.item.view;
    if (session !== null) this.#path.send(session, frame);
  }

  get #contentBytes(): number {
    return this.#parts.bytes - this.offer.manifestBytes;
  }
}
