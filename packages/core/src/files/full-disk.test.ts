// A disk that is full while a file arrives: in a file that the person chose, in the browser's storage, and at the end.
import { expect } from '@esm-bundle/chai';

import {
  type FilesLab,
  makeBytes,
  makeFile,
  openFilesLab,
} from '../../../../tests/support/files-lab.js';
import type { RtcError } from '../state/errors.js';
import { FILE_PART_BYTES } from './rules/limits.js';

const full = (): DOMException => new DOMException('The disk is full.', 'QuotaExceededError');

const codeOf = (task: Promise<unknown>): Promise<string> =>
  task.then(
    () => 'none',
    (error: unknown) => (error as RtcError).code,
  );

const isEqual = async (one: Blob, other: Uint8Array): Promise<boolean> => {
  const bytes = new Uint8Array(await one.arrayBuffer());
  return bytes.length === other.length && bytes.every((byte, at) => byte === other[at]);
};

/** A file on a disk with room for `left` more writes. As in a browser, one failure ends what is written to it. */
class ChosenFile {
  readonly kind = 'file';
  readonly name = 'chosen.bin';
  left: number;
  saved: Blob | null = null;
  /** How often it was opened, and how often what was written was thrown away. */
  opened = 0;
  aborted = 0;

  constructor(left: number) {
    this.left = left;
  }

  get handle(): FileSystemFileHandle {
    return this as unknown as FileSystemFileHandle;
  }

  async createWritable(): Promise<FileSystemWritableFileStream> {
    this.opened += 1;
    const parts = new Map<number, Uint8Array<ArrayBuffer>>();
    let failure: DOMException | null = null;
    const fail = (): void => {
      if (this.left <= 0) failure ??= full();
      if (failure) throw failure;
      this.left -= 1;
    };
    return {
      write: async ({ position, data }: { position: number; data: Uint8Array<ArrayBuffer> }) => {
        fail();
        parts.set(position, data.slice());
      },
      close: async () => {
        fail();
        const ordered = [...parts].sort(([one], [other]) => one - other);
        this.saved = new Blob(ordered.map(([, data]) => data));
      },
      abort: async () => void (this.aborted += 1),
    } as unknown as FileSystemWritableFileStream;
  }
}

/** Lets the browser's own storage write so many more times. Returns how to make room. */
function limitStorage(writes: number): () => void {
  const { prototype } = FileSystemFileHandle;
  const { createWritable } = prototype;
  let left = writes;
  prototype.createWritable = async function (this: FileSystemFileHandle, ...options) {
    const writable = await createWritable.apply(this, options);
    const write = writable.write.bind(writable);
    writable.write = (data) => ((left -= 1) >= 0 ? write(data) : Promise.reject(full()));
    return writable;
  };
  return () => void (prototype.createWritable = createWritable);
}

describe('a full disk', () => {
  let lab: FilesLab;
  let makeRoom: () => void = () => undefined;

  beforeEach(async () => {
    lab = await openFilesLab();
  });

  afterEach(async () => {
    makeRoom();
    makeRoom = () => undefined;
    await lab.close();
  });

  const SIZE = 4.5 * FILE_PART_BYTES;

  /** Offers a file and resolves once both know that there is no space for it. */
  const offerTooMuch = async (sink?: FileSystemFileHandle): Promise<string> => {
    await lab.ada.files.offer(makeFile(SIZE), { to: 'ben' });
    const { id } = await lab.ben.until('offered');
    await lab.ben.files.accept(id, sink ? { sink } : {});
    for (const page of [lab.ben, lab.ada]) {
      const { problem } = await page.until('interrupted');
      expect(problem).to.deep.include({ code: 'no-space', retryable: true });
      expect(problem?.message).to.contain('not enough space');
    }
    return id;
  };

  const expectOthersUnharmed = async (): Promise<void> => {
    const other = await lab.ada.files.offer(makeFile(FILE_PART_BYTES, 'other.bin'), { to: 'ben' });
    await lab.ben.files.accept((await lab.ben.until('offered')).id, { sink: 'memory' });
    const [sent] = await other.done;
    expect(sent?.status).to.equal('done');
  };

  it('interrupts what is written into a chosen file, which begins anew once there is room', async () => {
    const chosen = new ChosenFile(2);
    const id = await offerTooMuch(chosen.handle);
    await expectOthersUnharmed();
    expect(await codeOf(lab.ben.files.resume(id))).to.equal('none');
    await lab.ben.when((list) => list.find((one) => one.id === id && one.problem) && true);
    chosen.left = Infinity;
    await lab.ben.files.resume(id);
    await lab.ben.when((list) => list.find((one) => one.id === id)?.status === 'done' || undefined);
    expect(chosen.saved && (await isEqual(chosen.saved, makeBytes(SIZE)))).to.equal(true);
    await lab.ada.when((list) => list[0]?.status === 'done' || undefined);
    expect([chosen.opened, chosen.aborted]).to.deep.equal([3, 2]);
  });

  it('interrupts it when the chosen file is closed, too', async () => {
    const chosen = new ChosenFile(5);
    const id = await offerTooMuch(chosen.handle);
    chosen.left = Infinity;
    await lab.ben.files.resume(id);
    await lab.ben.until('done');
    expect(chosen.saved && (await isEqual(chosen.saved, makeBytes(SIZE)))).to.equal(true);
  });

  it('lets the person choose another file, or discard it', async () => {
    const chosen = new ChosenFile(2);
    const id = await offerTooMuch(chosen.handle);
    const other = new ChosenFile(Infinity);
    await lab.ben.files.accept(id, { sink: other.handle });
    await lab.ben.until('done');
    expect(other.saved && (await isEqual(other.saved, makeBytes(SIZE)))).to.equal(true);
    expect([chosen.saved, chosen.aborted]).to.deep.equal([null, 1]);
    const again = new ChosenFile(1);
    const second = await offerTooMuch(again.handle);
    await lab.ben.files.discard(second);
    expect(lab.ben.list.map((one) => one.id)).to.deep.equal([id]);
    expect([again.saved, again.aborted]).to.deep.equal([null, 1]);
    await lab.ada.until('cancelled');
  });

  it('keeps what has arrived in the storage of the browser, and goes on with the rest', async () => {
    makeRoom = limitStorage(2);
    const id = await offerTooMuch();
    await expectOthersUnharmed();
    const sent = lab.line.parts.length;
    makeRoom();
    await lab.ben.files.resume(id);
    await lab.ben.when((list) => list.find((one) => one.id === id)?.status === 'done' || undefined);
    expect(lab.line.parts.slice(sent)).to.have.length(3);
    expect(await isEqual(await lab.ben.files.take(id), makeBytes(SIZE))).to.equal(true);
  });

  it('keeps nothing in that storage of what is discarded', async () => {
    makeRoom = limitStorage(2);
    const id = await offerTooMuch();
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('rtc-elements-files');
    expect(await codeOf(folder.getDirectoryHandle(id))).to.equal('none');
    await lab.ben.files.discard(id);
    const found = await folder.getDirectoryHandle(id).catch((error: unknown) => error);
    expect(found).to.be.instanceOf(DOMException).with.property('name', 'NotFoundError');
    expect(lab.ben.list).to.deep.equal([]);
  });

  it('refuses at once what is more than the browser stores, and leaves the offer open', async () => {
    const { storage } = navigator;
    storage.estimate = async () => ({ quota: 20 * FILE_PART_BYTES, usage: FILE_PART_BYTES });
    makeRoom = () => void Reflect.deleteProperty(storage, 'estimate');
    await lab.ada.files.offer(makeFile(SIZE), { to: 'ben' });
    const { id } = await lab.ben.until('offered');
    expect(await codeOf(lab.ben.files.accept(id))).to.equal('no-space');
    expect(lab.ben.only.status).to.equal('offered');
    expect(lab.line.bytes).to.equal(0);
    await lab.ben.files.accept(id, { sink: 'memory' });
    await lab.ben.until('done');
  });
});
