/** The sender's end of one transfer to one person: offers, sends what is missing, and begins again after each loss. */
import { RtcError } from '../state/errors.js';
import { createDeferred, type Deferred } from '../support/deferred.js';
import type { FileSource } from './file-source.js';
import type { TransferPath } from './ports.js';
import type { HashedPart } from './rules/assembly.js';
import { declinedError, fileError, isInterruption, STOP_CODES } from './rules/file-error.js';
import { type FileFrame, isSameBytes, type StopReason } from './rules/frames.js';
import { isRuns, partCount } from './rules/part-set.js';
import { SendPlan } from './rules/send-plan.js';
import { SendWindow } from './rules/send-window.js';
import { sha256 } from './sha256.js';
import { isFinal, type TransferItem } from './transfer-item.js';
import { describeOffer, type TransferKeys } from './transfer-view.js';

type FrameOf<Type extends FileFrame['type']> = FileFrame & { readonly type: Type };

/** Sending, from one `accept` to what ends it. */
interface SendRun {
  readonly number: number;
  readonly session: string;
  readonly plan: SendPlan;
  readonly window: SendWindow;
  /** What was given before anything was sent: all beyond it has arrived. */
  readonly firstCredit: number;
  hasEnded: boolean;
}

export class OutgoingTransfer {
  readonly item: TransferItem;
  readonly keys: TransferKeys;
  readonly #path: TransferPath;
  readonly #isRequested: boolean;
  #source: FileSource | null;
  #run: SendRun | null = null;
  #wake: Deferred<void> = createDeferred();
  /** Who waits until files that were picked again have been checked. */
  #picked: Deferred<void> | null = null;

  /** `source`: `null` until the files of an earlier page are picked again. */
  constructor(
    path: TransferPath,
    item: TransferItem,
    keys: TransferKeys,
    { source, isRequested = false }: { source: FileSource | null; isRequested?: boolean },
  ) {
    this.#path = path;
    this.item = item;
    this.keys = keys;
    this.#source = source;
    this.#isRequested = isRequested;
  }

  /** `null`: it has ended, or its files are to be picked again. */
  get source(): FileSource | null {
    return this.#source;
  }

  /** The way to the receiver is open: says what there is. Whoever has accepted it before, goes on. */
  offer(): void {
    const { session } = this.item.view;
    const source = this.#source;
    if (!source || session === null || isFinal(this.item.view)) return;
    this.#path.send(session, describeOffer(this.keys, source, this.#isRequested));
  }

  receive(session: string, frame: FileFrame): void {
    const run = this.#run?.session === session ? this.#run : null;
    if (frame.type === 'accept') return this.#onAccept(session, frame);
    if (frame.type === 'done') return void this.#onDone(session, frame);
    if (frame.type === 'stop') return this.#onStop(session, frame);
    if (frame.type === 'pause') {
      if (session === this.item.view.session) this.item.pause('them', frame.on);
      return this.#poke();
    }
    if (!run || !('run' in frame) || frame.run !== run.number) return;
    if (frame.type === 'credit') {
      run.plan.grant(frame.credit);
      run.window.arrive(frame.credit - run.firstCredit, this.#path.clock.now());
      this.item.arrive(frame.stored - (this.#source?.manifestBytes ?? 0));
    }
    if (frame.type === 'need') {
      if (!run.plan.need(frame.index)) return this.#break('broken');
      run.hasEnded = false;
    }
    this.#poke();
  }

  pause(on: boolean): void {
    const { session } = this.item.view;
    if (!this.item.pause('us', on)) return;
    if (session !== null) this.#path.send(session, { type: 'pause', id: this.keys.id, on });
    this.#poke();
  }

  /** The connection was lost; the receiver asks for what it misses once it is back. */
  lose(error: RtcError | null): void {
    this.#stopRun();
    if (this.item.view.needsFiles || isFinal(this.item.view)) return;
    if (this.item.view.status === 'offered' && error === null) return;
    this.item.interrupt(error);
  }

  /** The same files, after a reload. Resolves once the receiver has what begins like them. */
  async resume(source: FileSource): Promise<void> {
    const { size, count, kind } = this.item.view;
    const isAlike = source.size - source.manifestBytes === size && source.count === count;
    if (!isAlike || source.kind !== kind) throw fileError('file-mismatch');
    this.#source = source;
    this.#picked ??= createDeferred();
    this.item.set({ needsFiles: false, status: 'waiting', problem: null });
    this.offer();
    await this.#picked.promise;
  }

  cancel(): void {
    this.#say('cancelled');
    this.#end('cancelled', null);
  }

  /** The room was left. */
  close(): void {
    this.#stopRun();
    this.#picked?.reject(new RtcError('aborted', 'The room was left.'));
    this.#picked = null;
  }

  #onAccept(session: string, frame: FrameOf<'accept'>): void {
    const source = this.#source;
    const isTheirs = session === this.item.view.session && frame.secret === this.keys.secret;
    if (!isTheirs || isFinal(this.item.view)) return this.#tell(session, 'unknown');
    if (!source) return this.#tell(session, 'unready');
    if (!isRuns(frame.have, partCount(source.size))) return this.#break('broken');
    this.#stopRun();
    const plan = new SendPlan(source.size, frame.have, frame.credit);
    const run: SendRun = {
      number: frame.run,
      session,
      plan,
      window: new SendWindow(this.#path.clock.now(), () => this.#path.isShared()),
      firstCredit: frame.credit,
      hasEnded: false,
    };
    this.#run = run;
    this.#check(run, source, frame)
      .then((isSame) => (isSame ? this.#send(run, source) : undefined))
      .catch((error: unknown) => this.#onUnreadable(run, error));
  }

  /** Whether what the receiver has begins what we have. */
  async #check(run: SendRun, source: FileSource, frame: FrameOf<'accept'>): Promise<boolean> {
    const isRunning = (): boolean => this.#run === run;
    if (!source.knows(frame.have)) this.item.set({ status: 'checking', problem: null });
    const hashes = await source.hashesOf(frame.have, isRunning);
    const digest = hashes && (await sha256(hashes));
    if (!digest || !isRunning()) return false;
    if (isSameBytes(digest, frame.check)) {
      this.#picked?.resolve();
      this.#picked = null;
      this.item.run();
      if (this.item.isPausedByUs)
        this.#path.send(run.session, { type: 'pause', id: this.keys.id, on: true });
      return true;
    }
    this.#stopRun();
    if (!this.#picked) return (this.#break('unreadable'), false);
    this.#source = null;
    this.#tell(run.session, 'unready');
    const error = fileError('file-mismatch');
    this.item.interrupt(error);
    this.item.set({ needsFiles: true });
    this.#picked.reject(error);
    this.#picked = null;
    return false;
  }

  async #send(run: SendRun, source: FileSource): Promise<void> {
    while (this.#run === run) {
      const index = this.item.isPaused ? null : run.plan.take();
      if (index !== null) {
        const isSent = await source.use(index, ({ bytes, hash }) => {
          // Read and hashed while this one is sent.
          const next = run.plan.peek();
          if (next !== null) source.prepare(next);
          return this.#sendPart(run, { index, bytes, hash });
        });
        if (!isSent) return;
      } else if (!this.item.isPaused && !run.hasEnded) {
        run.hasEnded = true;
        const digest = await source.digest();
        if (digest) this.#path.send(run.session, { type: 'end', ...this.#of(run), digest });
      } else await this.#wake.promise;
    }
  }

  /** `false`: the run is over. */
  async #sendPart(run: SendRun, { index, bytes, hash }: HashedPart): Promise<boolean> {
    for (let offset = 0; offset < bytes.length;) {
      const piece = bytes.subarray(offset, offset + run.window.pieceBytes);
      const { length } = piece;
      if (this.item.isPaused || run.plan.allowance < length || !run.window.isFree(length)) {
        await this.#wake.promise;
      } else {
        const isFree = await this.#path.headroom(run.session);
        if (this.#run !== run) return false;
        const frame = { type: 'piece', ...this.#of(run), index, offset, bytes: piece } as const;
        if (!isFree || !this.#path.send(run.session, frame)) return false;
        run.plan.spend(length);
        run.window.spend(length, this.#path.clock.now());
        offset += length;
      }
      if (this.#run !== run) return false;
    }
    return this.#path.send(run.session, { type: 'part', ...this.#of(run), index, hash });
  }

  #of({ number }: SendRun): { readonly id: string; readonly run: number } {
    return { id: this.keys.id, run: number };
  }

  async #onDone(session: string, frame: FrameOf<'done'>): Promise<void> {
    const digest = await this.#source?.digest();
    if (session !== this.item.view.session || isFinal(this.item.view)) return;
    // Files that were picked again may not have been read to the end: then it is as the receiver says.
    if (digest && !isSameBytes(digest, frame.digest)) return this.#break('broken');
    this.#picked?.resolve();
    this.#picked = null;
    this.#end('done', null);
  }

  #onStop(session: string, { reason, words }: FrameOf<'stop'>): void {
    if (session !== this.item.view.session || isFinal(this.item.view)) return;
    if (reason === 'declined') return this.#end('declined', declinedError(words));
    const error = fileError(reason === 'unknown' ? 'receiver-gone' : STOP_CODES[reason]);
    if (reason === 'cancelled') return this.#end('cancelled', error);
    this.#stopRun();
    if (isInterruption(reason)) return this.item.interrupt(error);
    this.#end('failed', error);
  }

  #onUnreadable(run: SendRun, error: unknown): void {
    if (this.#run !== run) return;
    if (!(error instanceof RtcError)) throw error;
    this.#say('unreadable');
    this.#end('failed', error);
  }

  #break(reason: 'broken' | 'unreadable'): void {
    this.#say(reason);
    this.#end('failed', fileError(STOP_CODES[reason]));
  }

  #end(status: 'done' | 'declined' | 'cancelled' | 'failed', error: RtcError | null): void {
    this.#stopRun();
    this.#picked?.reject(error ?? fileError('file-cancelled'));
    this.#picked = null;
    this.#source = null;
    this.item.end(status, error);
  }

  #say(reason: StopReason): void {
    const { session } = this.item.view;
    if (session !== null) this.#tell(session, reason);
  }

  #tell(session: string, reason: StopReason): void {
    this.#path.send(session, { type: 'stop', id: this.keys.id, reason, words: '' });
  }

  #stopRun(): void {
    this.#run = null;
    this.#source?.release();
    this.#poke();
  }

  /** Whoever waits for anything looks again. */
  #poke(): void {
    const woken = this.#wake;
    this.#wake = createDeferred();
    woken.resolve();
  }
}
