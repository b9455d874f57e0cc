// Two pages of two people that transfer files, over a line in memory that can be cut, tampered with and listened to.
import type { PeerEntry, Role } from '@rtc-elements/protocol';

import type { CallData, DataOptions } from '../../packages/core/src/call/ports.js';
import type { DataContext } from '../../packages/core/src/data/ports.js';
import { FileTransfers } from '../../packages/core/src/files/file-transfers.js';
import {
  decodeFrame,
  encodeFrame,
  type FileFrame,
} from '../../packages/core/src/files/rules/frames.js';
import type { Transfer, TransferStatus } from '../../packages/core/src/api/files-api.js';
import type { RtcError } from '../../packages/core/src/state/errors.js';
import { FakeRoomContext } from './fake-room-context.js';

/** Somebody in the roster. */
export const fileEntry = (name: string, role: Role = 'speaker', session = name): PeerEntry => ({
  session,
  user: `user-${name}`,
  name,
  role,
  joinedAt: 0,
  state: 'active',
  call: 1,
  media: { microphone: false, camera: false, screen: false },
  hand: false,
  meta: {},
  muted: [],
  read: 0,
});

/** Changes what is sent; `null`: it is lost. */
export type Tamper = (frame: FileFrame, from: string) => FileFrame | null;

/** One end of the line. */
class LabRoom extends FakeRoomContext implements DataContext {
  readonly data: CallData;
  readonly errors: RtcError[] = [];
  readonly lineUse = { talkedAt: -Infinity };
  #look: ((session: string) => void) | null = null;
  options: DataOptions | null = null;

  constructor(line: FileLine, other: string) {
    super();
    this.data = {
      readinessOf: (session) => (session === other && line.isUp ? 'able' : 'none'),
      open: (_session, _purpose, options) => {
        this.options = options;
        line.onOpened();
        return {
          send: (message) => line.send(this, message),
          headroom: () => line.headroom(),
          close: () => (this.options = null),
        };
      },
    };
  }

  reportError = (error: RtcError): void => void this.errors.push(error);
  subscribe = (): (() => void) => () => undefined;
  callData = (): CallData => this.data;
  wantLink = (): Promise<null> => Promise.resolve(null);
  whenWanted = (): void => undefined;
  watchPeers = (_purpose: string, look: (session: string) => void): (() => void) => {
    this.#look = look;
    return () => (this.#look = null);
  };

  look(session: string): void {
    this.#look?.(session);
  }
}

/** What is between the two: as a data channel, in order. */
export class FileLine {
  isUp = true;
  tamper: Tamper = (frame) => frame;
  /** Every frame that was sent, without its bytes. */
  readonly log: string[] = [];
  /** Parts of which a first piece was sent, in order. */
  readonly parts: number[] = [];
  bytes = 0;
  /** Whose end opens later than the other's, until `openLate()`. */
  late = '';
  ends: readonly { readonly room: LabRoom; readonly name: string }[] = [];
  #onRefused = (): void => undefined;
  #epoch = 0;
  #isOpen = false;
  #awaited = { count: Infinity, resolve: (): void => undefined };

  /** Resolves once so many parts were begun. */
  begun(count: number): Promise<void> {
    return new Promise((resolve) => (this.#awaited = { count, resolve }));
  }

  onOpened(): void {
    if (this.#isOpen || !this.isUp || this.ends.some(({ room }) => !room.options)) return;
    this.#isOpen = true;
    for (const { room, name } of this.ends) if (name !== this.late) room.options?.onOpen?.();
  }

  /** Resolves once the end that opens late has tried to send. */
  refused(): Promise<void> {
    return new Promise((resolve) => (this.#onRefused = resolve));
  }

  openLate(): void {
    const end = this.ends.find(({ name }) => name === this.late);
    this.late = '';
    end?.room.options?.onOpen?.();
  }

  send(from: LabRoom, message: string | ArrayBuffer): boolean {
    if (!this.#isOpen) return false;
    const sender = this.ends.find(({ room }) => room === from);
    const receiver = this.ends.find(({ room }) => room !== from);
    const frame = decodeFrame(message);
    if (!sender || !receiver || !frame) throw new Error('no frame');
    if (sender.name === this.late) return (this.#onRefused(), false);
    this.log.push(`${sender.name} ${frame.type}`);
    if (frame.type === 'piece') this.bytes += frame.bytes.length;
    if (frame.type === 'piece' && frame.offset === 0) this.parts.push(frame.index);
    if (this.parts.length >= this.#awaited.count) this.#awaited.resolve();
    const epoch = this.#epoch;
    // As decoding returns a view of what the sender has again when this returns.
    const sent = decodeFrame((message as ArrayBuffer).slice(0)) ?? frame;
    queueMicrotask(() => {
      const changed = this.tamper(sent, sender.name);
      if (changed && epoch === this.#epoch) receiver.room.options?.onMessage(encodeFrame(changed));
    });
    return true;
  }

  /** A turn of the event loop, so that a test can look and cut between two pieces. */
  async headroom(): Promise<boolean> {
    const epoch = this.#epoch;
    await new Promise<void>((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => (port1.close(), resolve());
      port2.postMessage(null);
    });
    return epoch === this.#epoch && this.#isOpen;
  }

  /** As when a link is rebuilt: what is on its way is lost. */
  reset(): void {
    this.#drop();
    for (const { room } of this.ends) room.options?.onReset?.();
    this.onOpened();
  }

  /** As when one of the two leaves. */
  cut(): void {
    this.#drop();
    this.isUp = false;
    const closed = this.ends.map(({ room }) => room.options);
    for (const { room } of this.ends) room.options = null;
    for (const options of closed) options?.onClose?.();
  }

  restore(): void {
    this.isUp = true;
    for (const { room, name } of this.ends) {
      const other = this.ends.find((end) => end.name !== name);
      if (other) room.look(sessionOf(other.room));
    }
  }

  #drop(): void {
    this.#epoch += 1;
    this.#isOpen = false;
  }
}

const sessionOf = (room: LabRoom): string => room.state.you?.session ?? '';

/** One page of a person. */
export class FilesPage {
  readonly room: LabRoom;
  readonly files: FileTransfers;
  readonly #watchers = new Set<() => void>();

  constructor(room: LabRoom) {
    this.room = room;
    this.files = new FileTransfers(room, 'wss://lab/room', () => {
      for (const watcher of [...this.#watchers]) watcher();
    });
  }

  get list(): readonly Transfer[] {
    return this.files.snapshot;
  }

  get only(): Transfer {
    const [transfer, ...rest] = this.list;
    if (!transfer || rest.length > 0) throw new Error(`${this.list.length} transfers`);
    return transfer;
  }

  /** Resolves once the newest transfer is so. */
  async until(...wanted: readonly TransferStatus[]): Promise<Transfer> {
    return this.when((list) => list.findLast(({ status }) => wanted.includes(status)));
  }

  async when<T>(look: (list: readonly Transfer[]) => T | undefined): Promise<T> {
    for (;;) {
      const found = look(this.list);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        const watcher = (): void => {
          this.#watchers.delete(watcher);
          resolve();
        };
        this.#watchers.add(watcher);
      });
    }
  }

  /** The names of the events that were dispatched. */
  get events(): readonly string[] {
    return this.room.events.map(({ type }) => type).filter((type) => type.startsWith('file-'));
  }
}

export interface FilesLab {
  readonly line: FileLine;
  ada: FilesPage;
  ben: FilesPage;
  /** One of them reloads the page: another session of the same user, with what the browser kept. */
  reload(who: 'ada' | 'ben'): Promise<void>;
  close(): Promise<void>;
}

/** Ada sends, Ben receives. `roles`: speakers, unless told otherwise. */
export async function openFilesLab(
  roles: { readonly ada?: Role; readonly ben?: Role } = {},
): Promise<FilesLab> {
  const line = new FileLine();
  let reloads = 0;
  const names = { ada: 'ada', ben: 'ben' };
  const make = (who: 'ada' | 'ben'): FilesPage => {
    const other = who === 'ada' ? 'ben' : 'ada';
    const room = new LabRoom(line, names[other]);
    room.welcome(fileEntry(who, roles[who], names[who]), [
      fileEntry(other, roles[other], names[other]),
    ]);
    return new FilesPage(room);
  };
  const connect = (): void => {
    line.ends = [
      { room: lab.ada.room, name: 'ada' },
      { room: lab.ben.room, name: 'ben' },
    ];
  };
  const lab: FilesLab = {
    line,
    ada: make('ada'),
    ben: make('ben'),
    reload: async (who) => {
      const other = who === 'ada' ? lab.ben : lab.ada;
      line.cut();
      lab[who].files.close();
      names[who] = `${who}-${++reloads}`;
      lab[who] = make(who);
      other.room.state = make(who === 'ada' ? 'ben' : 'ada').room.state;
      const { data } = lab[who].room;
      other.room.data.readinessOf = (session) =>
        session === names[who] && line.isUp ? 'able' : 'none';
      void data;
      connect();
      await lab[who].files.open();
      line.restore();
    },
    close: async () => {
      for (const page of [lab.ada, lab.ben]) {
        for (const { id } of page.list) await page.files.discard(id);
        page.files.close();
      }
    },
  };
  connect();
  await Promise.all([lab.ada.files.open(), lab.ben.files.open()]);
  return lab;
}

/** Bytes that are like no others, from a seed. */
export function makeBytes(length: number, seed = 1): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(Math.ceil(length / 4));
  let state = seed * 2_654_435_761;
  for (let at = 0; at < words.length; at += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[at] = state;
  }
  return new Uint8Array(words.buffer, 0, length).slice();
}

export const makeFile = (length: number, name = 'data.bin', type = ''): File =>
  new File([makeBytes(length)], name, { type });
