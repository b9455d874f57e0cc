/** What we offer and share, and the transfers that have come of it. */
import type {
  FileOffer,
  FileSelection,
  OfferOptions,
  SharedFiles,
  Transfer,
} from '../api/files-api.js';
import { RtcError, toProblem } from '../state/errors.js';
import type { Peer } from '../state/room-state.js';
import { createDeferred } from '../support/deferred.js';
import { FileSource } from './file-source.js';
import { OutgoingTransfer } from './outgoing-transfer.js';
import type { FilesContext } from './ports.js';
import { randomId } from './random-id.js';
import { readSelection } from './read-selection.js';
import { fileError } from './rules/file-error.js';
import type { FileFrame } from './rules/frames.js';
import { MAX_PENDING_PER_USER } from './rules/limits.js';
import { isFinal } from './transfer-item.js';
import { recordKey, type TransferRecord } from './transfer-records.js';
import { describeOffer, showOffer, type TransferKeys } from './transfer-view.js';

interface Waiting {
  readonly ids: readonly string[];
  resolve(transfers: readonly Transfer[]): void;
}

type Person = Pick<Peer, 'session' | 'user' | 'name'>;

export class OutgoingOffers {
  readonly #context: FilesContext;
  readonly #transfers = new Map<string, OutgoingTransfer>();
  readonly #shared = new Map<string, FileSource>();
  #waiting: readonly Waiting[] = [];

  constructor(context: FilesContext) {
    this.#context = context;
  }

  get(id: string): OutgoingTransfer | undefined {
    return this.#transfers.get(id);
  }

  async offer(files: FileSelection, { to, name }: OfferOptions): Promise<FileOffer> {
    const people = this.#receivers(to);
    const source = new FileSource(await readSelection(files, name));
    const offer = randomId();
    const ids = people.map((person) => this.#start(person, source, offer).keys.id);
    return this.#handleOf(offer, ids);
  }

  async share(files: FileSelection, name: string | undefined): Promise<SharedFiles> {
    this.#checkRole();
    const source = new FileSource(await readSelection(files, name));
    const id = randomId();
    this.#shared.set(id, source);
    const { kind, mime, size, manifestBytes, count } = source;
    return { id, kind, name: source.name, type: mime, size: size - manifestBytes, count };
  }

  unshare(id: string): void {
    this.#shared.delete(id);
  }

  /** Somebody asks for what we share. */
  onWant(peer: Person, id: string): void {
    const source = this.#shared.get(id);
    const stop = (reason: 'unknown' | 'too-many'): void =>
      void this.#context.send(peer.session, { type: 'stop', id, reason, words: '' });
    if (!source) return stop('unknown');
    const open = [...this.#transfers.values()].filter(
      ({ item: { view } }) => view.user === peer.user && view.status === 'offered',
    );
    if (open.length >= MAX_PENDING_PER_USER) return stop('too-many');
    this.#start(peer, source, id, true);
  }

  receive(peer: Person, frame: FileFrame): void {
    const transfer = this.#transfers.get(frame.id);
    if (transfer?.item.view.user !== peer.user) {
      if (frame.type !== 'accept') return;
      const stop = { type: 'stop', id: frame.id, reason: 'unknown', words: '' } as const;
      return void this.#context.send(peer.session, stop);
    }
    const isTheirs = frame.type === 'accept' && frame.secret === transfer.keys.secret;
    // The same person on another page of theirs: what they have there goes on.
    if (isTheirs) transfer.item.set({ session: peer.session, peerName: peer.name });
    transfer.receive(peer.session, frame);
    if (isTheirs && !isFinal(transfer.item.view)) void this.#keep(transfer);
  }

  /** There is a way to them: whatever is for them is offered, again if need be. */
  onOpen({ session, user, name }: Person): void {
    for (const transfer of this.#transfers.values()) {
      const { view } = transfer.item;
      if (view.user !== user || isFinal(view)) continue;
      const present = view.session;
      const isTaken = present !== null && this.#context.statusOf(present) === 'open';
      if (isTaken && present !== session) continue;
      transfer.item.set({ session, peerName: name });
      if (transfer.source && view.status === 'interrupted') transfer.item.interrupt(null);
      transfer.offer();
    }
  }

  lose(session: string, isGone: boolean): void {
    for (const transfer of this.#of(session)) {
      transfer.lose(isGone ? fileError('receiver-gone') : null);
      if (isGone) transfer.item.set({ session: null });
    }
  }

  /** There is no way to them, and why: it goes on once there is one, or when somebody resumes it. */
  fail(session: string, error: RtcError): void {
    for (const transfer of this.#of(session)) {
      if (isFinal(transfer.item.view)) continue;
      if (error.code === 'unsupported') transfer.item.end('failed', error);
      else transfer.lose(error);
    }
  }

  /** Whether something to that page is not over. */
  isOpen(session: string): boolean {
    return this.#of(session).some(({ item: { view } }) => !isFinal(view));
  }

  /** Whether something is to go to this person. */
  isFor(user: string): boolean {
    return [...this.#transfers.values()].some(
      ({ source, item: { view } }) => source && view.user === user && !isFinal(view),
    );
  }

  remove(id: string): void {
    this.#transfers.delete(id);
  }

  onListChange(): void {
    const isOver = ({ ids }: Waiting): boolean =>
      ids.every((id) => {
        const item = this.#transfers.get(id)?.item;
        return !item || isFinal(item.view);
      });
    const over = this.#waiting.filter(isOver);
    this.#waiting = this.#waiting.filter((waiting) => !over.includes(waiting));
    for (const { ids, resolve } of over) resolve(this.#viewsOf(ids));
  }

  /** A transfer of an earlier page: it goes on when its files are picked again. */
  restore(record: TransferRecord): void {
    const { id, secret, offer } = record.offer;
    const item = this.#context.list.create({
      ...showOffer('send', record.offer, {
        session: null,
        user: record.user,
        name: record.peerName,
      }),
      status: 'interrupted',
      problem: toProblem(fileError('sender-gone')),
      needsFiles: true,
    });
    const keys = { id, secret, offer };
    const transfer = new OutgoingTransfer(this.#context, item, keys, { source: null });
    this.#transfers.set(id, transfer);
    this.#context.list.add(item);
  }

  #start(person: Person, source: FileSource, offer: string, isRequested = false): OutgoingTransfer {
    const keys: TransferKeys = { id: randomId(), secret: randomId(), offer };
    const item = this.#context.list.create(showOffer('send', describeOffer(keys, source), person));
    const transfer = new OutgoingTransfer(this.#context, item, keys, { source, isRequested });
    this.#transfers.set(keys.id, transfer);
    this.#context.list.add(item);
    if (this.#context.statusOf(person.session) === 'unsupported')
      item.end('failed', unsupportedError());
    else this.#context.reach(person.session);
    transfer.offer();
    return transfer;
  }

  #keep({ item: { view }, keys, source }: OutgoingTransfer): Promise<void> {
    const { records, room, clock, getSnapshot } = this.#context;
    if (!source) return Promise.resolve();
    return records.put({
      key: recordKey('send', keys.id),
      direction: 'send',
      room,
      us: getSnapshot().you?.user ?? '',
      user: view.user,
      peerName: view.peerName,
      offer: describeOffer(keys, source),
      isDone: false,
      at: clock.now(),
    });
  }

  #receivers(to: OfferOptions['to']): readonly Person[] {
    const us = this.#checkRole();
    const { getSnapshot, statusOf } = this.#context;
    const wanted = to === undefined ? null : new Set([to].flat());
    const isMeant = ({ session, user }: Peer): boolean =>
      wanted ? wanted.has(session) : user !== us && statusOf(session) !== 'unsupported';
    const peers = getSnapshot().peers.filter(isMeant);
    const open = peers.filter(({ session }) => statusOf(session) === 'open');
    // Everybody once, where they can be reached.
    const users = new Map([...open, ...peers].reverse().map((peer) => [peer.user, peer]));
    const people = wanted ? peers : [...users.values()].reverse();
    if (people.length === 0) throw new RtcError('not-found', 'Nobody is here to receive it.');
    const isTaken = people.some(({ session }) => statusOf(session) !== 'unsupported');
    if (!isTaken) throw unsupportedError();
    return people;
  }

  /** Our user. */
  #checkRole(): string {
    const { you } = this.#context.getSnapshot();
    if (you?.role === 'listener') throw fileError('not-allowed');
    return you?.user ?? '';
  }

  #handleOf(id: string, ids: readonly string[]): FileOffer {
    const views = (): readonly Transfer[] => this.#viewsOf(ids);
    const done = createDeferred<readonly Transfer[]>();
    this.#waiting = [...this.#waiting, { ids, resolve: done.resolve }];
    this.onListChange();
    return {
      id,
      get transfers() {
        return views();
      },
      get progress() {
        const all = views();
        return all.reduce((sum, { progress }) => sum + progress, 0) / Math.max(1, all.length);
      },
      done: done.promise,
      cancel: () => {
        for (const one of ids) this.#transfers.get(one)?.cancel();
      },
    };
  }

  #viewsOf(ids: readonly string[]): readonly Transfer[] {
    return ids.flatMap((id) => this.#transfers.get(id)?.item.view ?? []);
  }

  #of(session: string): readonly OutgoingTransfer[] {
    return [...this.#transfers.values()].filter(({ item }) => item.view.session === session);
  }
}

const unsupportedError = (): RtcError =>
  new RtcError('unsupported', 'Their page takes no files. Ask them to reload it.');
