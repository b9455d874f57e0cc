/** The data paths to all peers for one purpose: opened as soon as a peer takes it, and again after each loss. */
import type { DataPath, DataPurpose, Reliability } from '../call/ports.js';
import type { DataContext, PathStatus, PeerPathHandlers, PeerPaths } from './ports.js';

type PathsContext = Pick<
  DataContext,
  'callData' | 'clock' | 'getSnapshot' | 'lineUse' | 'watchPeers'
>;

interface OpenedPath {
  path: DataPath | null;
  isOpen: boolean;
}

class PurposePaths implements PeerPaths {
  readonly #context: PathsContext;
  readonly #purpose: DataPurpose;
  readonly #handlers: PeerPathHandlers;
  readonly #opened = new Map<string, OpenedPath>();
  readonly #unwatch: () => void;

  constructor(context: PathsContext, purpose: DataPurpose, handlers: PeerPathHandlers) {
    this.#context = context;
    this.#purpose = purpose;
    this.#handlers = handlers;
    this.#unwatch = context.watchPeers(purpose, (session) => this.#look(session));
    for (const { session } of context.getSnapshot().peers) this.#look(session);
  }

  statusOf(session: string): PathStatus {
    if (this.#opened.get(session)?.isOpen) return 'open';
    const readiness = this.#context.callData()?.readinessOf(session, this.#purpose) ?? 'none';
    if (readiness === 'none' || readiness === 'unsupported') return readiness;
    const peer = this.#context.getSnapshot().peers.find((one) => one.session === session);
    return peer?.link.status === 'failed' ? 'none' : 'opening';
  }

  send(session: string, data: string | ArrayBuffer, reliability?: Reliability): boolean {
    this.#use();
    return this.#opened.get(session)?.path?.send(data, reliability) ?? false;
  }

  headroom(session: string): Promise<boolean> {
    return this.#opened.get(session)?.path?.headroom() ?? Promise.resolve(false);
  }

  close(): void {
    this.#unwatch();
    const opened = [...this.#opened.values()];
    this.#opened.clear();
    for (const { path } of opened) path?.close();
  }

  /** A file makes room for whatever else passes. */
  #use(): void {
    const { clock, lineUse } = this.#context;
    if (this.#purpose !== 'files') lineUse.talkedAt = clock.now();
  }

  #look(session: string): void {
    const data = this.#context.callData();
    if (!data || this.#opened.has(session)) return;
    const readiness = data.readinessOf(session, this.#purpose);
    if (readiness !== 'able' && readiness !== 'waiting') return;
    const opened: OpenedPath = { path: null, isOpen: false };
    this.#opened.set(session, opened);
    const ifPresent = (task: () => void): void => {
      if (this.#opened.get(session) === opened) task();
    };
    try {
      opened.path = data.open(session, this.#purpose, {
        onOpen: () =>
          ifPresent(() => {
            opened.isOpen = true;
            this.#handlers.onOpen(session);
          }),
        isHeld: () => this.#handlers.isHeld?.(session) ?? false,
        onMessage: (message) =>
          ifPresent(() => {
            this.#use();
            this.#handlers.onMessage(session, message);
          }),
        onReset: () =>
          ifPresent(() => {
            opened.isOpen = false;
            this.#handlers.onReset(session);
          }),
        onClose: () =>
          ifPresent(() => {
            this.#opened.delete(session);
            this.#handlers.onClose(session);
          }),
      });
    } catch {
      // The peer has just gone, or the engine carries no data: its status says so.
      this.#opened.delete(session);
    }
  }
}

/** Opens the paths for `purpose`, once; peers that wait for us are served from now on. */
export const openPeerPaths = (
  context: PathsContext,
  purpose: DataPurpose,
  handlers: PeerPathHandlers,
): PeerPaths => new PurposePaths(context, purpose, handlers);
