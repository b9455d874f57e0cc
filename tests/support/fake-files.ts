// `room.files` without a wire, for elements: the list is set, what is asked for is kept.
import type {
  AcceptOptions,
  FileOffer,
  FileSelection,
  OfferOptions,
  RoomFiles,
  SharedFiles,
  Transfer,
} from '@rtc-elements/core';

let made = 0;

/** A transfer that somebody called Ada offers us, unless told otherwise. */
export function fakeTransfer(over: Partial<Transfer> = {}): Transfer {
  const id = over.id ?? `transfer-${++made}`;
  const size = over.size ?? 1_048_576;
  const bytes = over.bytes ?? 0;
  const name = over.name ?? 'plan.pdf';
  return {
    id,
    offer: id,
    direction: 'receive',
    session: 'session-ada',
    user: 'user-ada',
    peerName: 'Ada',
    kind: 'file',
    name,
    type: 'application/pdf',
    count: 1,
    entries: [{ path: name, size }],
    size,
    bytes,
    progress: size === 0 ? 0 : bytes / size,
    speed: null,
    secondsLeft: null,
    status: 'offered',
    pausedBy: null,
    problem: null,
    needsFiles: false,
    isTakeable: false,
    isHandled: false,
    ...over,
  };
}

/** `calls` holds what was asked of it, as `name(arguments)`; files and handles by their names. */
export class FakeFiles implements RoomFiles {
  readonly calls: string[] = [];
  /** What `take()` and `preview()` return, by transfer. */
  readonly received = new Map<string, File>();
  readonly previews = new Map<string, Blob>();
  /** What the next call rejects with. */
  failure: Error | null = null;
  readonly #listeners = new Set<() => void>();
  #transfers: readonly Transfer[] = [];

  /** Replaces the list. */
  set(transfers: readonly Transfer[]): void {
    this.#transfers = transfers;
    for (const listener of [...this.#listeners]) listener();
  }

  /** Changes one transfer of the list. */
  change(id: string, over: Partial<Transfer>): void {
    this.set(this.#transfers.map((one) => (one.id === id ? { ...one, ...over } : one)));
  }

  /** How many listen to the list now. */
  get listenerCount(): number {
    return this.#listeners.size;
  }

  getSnapshot = (): readonly Transfer[] => this.#transfers;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** One transfer for each session of `to`, in the list at once. */
  async offer(files: FileSelection, { to = [], name }: OfferOptions = {}): Promise<FileOffer> {
    this.#note('offer', namesOf(files), to);
    const offer = `offer-${++made}`;
    const sessions = typeof to === 'string' ? [to] : to;
    const sent = sessions.map((session) =>
      fakeTransfer({
        offer,
        session,
        direction: 'send',
        name: name ?? namesOf(files)[0] ?? '',
      }),
    );
    this.set([...this.#transfers, ...sent]);
    const ids = new Set(sent.map(({ id }) => id));
    const present = (): readonly Transfer[] => this.#transfers.filter(({ id }) => ids.has(id));
    return {
      id: offer,
      get transfers() {
        return present();
      },
      get progress() {
        const all = present();
        return all.reduce((sum, one) => sum + one.progress, 0) / Math.max(1, all.length);
      },
      done: Promise.resolve(present()),
      cancel: () => ids.forEach((id) => this.cancel(id)),
    };
  }

  async share(
    files: FileSelection,
    options: { readonly name?: string } = {},
  ): Promise<SharedFiles> {
    const names = namesOf(files);
    this.#note('share', names);
    const [first = ''] = names;
    const one = [files].flat().find((file) => file instanceof File);
    const count = Math.max(1, names.length);
    return {
      id: `shared-${++made}`,
      kind: count > 1 ? 'files' : 'file',
      name: options.name ?? first,
      type: one?.type ?? '',
      size: one?.size ?? 0,
      count,
    };
  }

  unshare(id: string): void {
    this.#note('unshare', id);
  }

  async request(shared: string, from: string): Promise<string> {
    this.#note('request', shared, from);
    const transfer = fakeTransfer({ offer: shared, session: from, status: 'waiting' });
    this.set([...this.#transfers, transfer]);
    return transfer.id;
  }

  async accept(id: string, { sink }: AcceptOptions = {}): Promise<void> {
    this.#note('accept', id, ...(sink ? [typeof sink === 'string' ? sink : sink.name] : []));
    this.change(id, { status: 'running', speed: 0 });
  }

  decline(id: string, reason?: string): void {
    this.#note('decline', id, ...(reason === undefined ? [] : [reason]));
    this.change(id, { status: 'declined' });
  }

  pause(id: string): void {
    this.#note('pause', id);
    this.change(id, { status: 'paused', pausedBy: 'us', speed: null, secondsLeft: null });
  }

  async resume(id: string, files?: FileSelection): Promise<void> {
    this.#note('resume', id, ...(files ? [namesOf(files)] : []));
    this.change(id, { status: 'running', pausedBy: null, problem: null, needsFiles: false });
  }

  cancel(id: string): void {
    this.#note('cancel', id);
    this.change(id, { status: 'cancelled' });
  }

  async discard(id: string): Promise<void> {
    this.#note('discard', id);
    this.set(this.#transfers.filter((one) => one.id !== id));
  }

  async take(id: string): Promise<File> {
    this.#note('take', id);
    return this.received.get(id) ?? new File(['received'], 'plan.pdf');
  }

  async preview(id: string): Promise<Blob | null> {
    this.#note('preview', id);
    return this.previews.get(id) ?? null;
  }

  #note(name: string, ...values: unknown[]): void {
    this.calls.push(`${name}(${values.map((value) => JSON.stringify(value)).join(', ')})`);
    const { failure } = this;
    this.failure = null;
    if (failure) throw failure;
  }
}

const namesOf = (files: FileSelection): readonly string[] =>
  (files instanceof FileList ? [...files] : [files].flat()).map(({ name }) => name);
