import { expect } from '@esm-bundle/chai';

import {
  type FilesLab,
  makeFile,
  openFilesLab,
  type Tamper,
} from '../../../../tests/support/files-lab.js';
import { seededRandom } from '../../../../tests/support/seeded-random.js';
import { encodeFrame, type FileFrame } from './rules/frames.js';
import { FILE_PART_BYTES } from './rules/limits.js';

const codeOf = (task: Promise<unknown>): Promise<string> =>
  task.then(
    () => 'none',
    (error: unknown) => (error as { code?: string }).code ?? String(error),
  );

/** Changes the frames of one type. */
const lie =
  <Type extends FileFrame['type']>(
    type: Type,
    change: (frame: FileFrame & { readonly type: Type }) => FileFrame,
  ): Tamper =>
  (frame) =>
    frame.type === type ? change(frame as FileFrame & { readonly type: Type }) : frame;

describe('[FT-9] a peer that lies', () => {
  let lab: FilesLab;

  beforeEach(async () => {
    lab = await openFilesLab();
  });

  afterEach(() => lab.close());

  /** A second transfer, which is to arrive all the same. */
  const expectOthersUnharmed = async (): Promise<void> => {
    lab.line.tamper = (frame) => frame;
    const other = await lab.ada.files.offer(makeFile(FILE_PART_BYTES, 'other.bin'), { to: 'ben' });
    const { id } = await lab.ben.until('offered');
    await lab.ben.files.accept(id, { sink: 'memory' });
    const [sent] = await other.done;
    expect(sent?.status).to.equal('done');
  };

  const senders: Readonly<Record<string, readonly [lie: Tamper, code: string]>> = {
    'about the index': [lie('piece', (one) => ({ ...one, index: 9 })), 'transfer-broken'],
    'about the offset': [lie('piece', (one) => ({ ...one, offset: 5 })), 'transfer-broken'],
    'about each hash': [
      lie('part', (one) => ({ ...one, hash: new Uint8Array(32) })),
      'file-corrupt',
    ],
    'about the digest': [
      lie('end', (one) => ({ ...one, digest: new Uint8Array(32) })),
      'file-corrupt',
    ],
    'about the end': [
      lie('part', ({ id, run, hash }) => ({ type: 'end', id, run, digest: hash })),
      'transfer-broken',
    ],
  };
  for (const [what, [tamper, code]] of Object.entries(senders))
    it(`${what} as a sender: the transfer ends at both sides, others do not`, async () => {
      lab.line.tamper = tamper;
      await lab.ada.files.offer(makeFile(2 * FILE_PART_BYTES + 5), { to: 'ben' });
      await lab.ben.files.accept((await lab.ben.until('offered')).id, { sink: 'memory' });
      expect((await lab.ben.until('failed')).problem?.code).to.equal(code);
      expect((await lab.ada.until('failed')).problem?.code).to.equal(code);
      await expectOthersUnharmed();
    });

  it('about the size, with more to come than it said', async () => {
    lab.line.tamper = lie('offer', (one) => ({
      ...one,
      size: one.size - FILE_PART_BYTES,
      sample: [],
    }));
    await lab.ada.files.offer(makeFile(3 * FILE_PART_BYTES), { to: 'ben' });
    await lab.ben.files.accept((await lab.ben.until('offered')).id, { sink: 'memory' });
    expect((await lab.ben.until('failed')).problem?.code).to.equal('transfer-broken');
    await expectOthersUnharmed();
  });

  it('about the count of files', async () => {
    lab.line.tamper = lie('offer', (one) => ({ ...one, count: 3 }));
    await lab.ada.files.offer([makeFile(5, 'a'), makeFile(6, 'b')], { to: 'ben' });
    await lab.ben.files.accept((await lab.ben.until('offered')).id, { sink: 'memory' });
    expect((await lab.ben.until('failed')).problem?.code).to.equal('transfer-broken');
  });

  const receivers: Readonly<Record<string, Tamper>> = {
    'needs parts that were not sent': lie('credit', ({ id, run }) => ({
      type: 'need',
      id,
      run,
      index: 7,
    })),
    'has it all with another digest': lie('credit', ({ id }) => ({
      type: 'done',
      id,
      digest: new Uint8Array(32),
    })),
  };
  for (const [what, tamper] of Object.entries(receivers))
    it(`as a receiver that ${what}: the sender ends it`, async () => {
      await lab.ada.files.offer(makeFile(FILE_PART_BYTES), { to: 'ben' });
      const { id } = await lab.ben.until('offered');
      lab.line.tamper = tamper;
      await lab.ben.files.accept(id, { sink: 'memory' });
      await lab.ada.when((list) => (list[0]?.status === 'failed' ? true : undefined));
      expect(lab.ada.only.problem?.code).to.equal('transfer-broken');
      await expectOthersUnharmed();
    });

  it('[FT-6] has a secret that is not that of the transfer: it is answered as if there were none', async () => {
    await lab.ada.files.offer(makeFile(FILE_PART_BYTES), { to: 'ben' });
    const { id } = await lab.ben.until('offered');
    lab.line.tamper = lie('accept', (one) => ({ ...one, secret: '00'.repeat(16) }));
    await lab.ben.files.accept(id, { sink: 'memory' });
    await lab.ben.until('interrupted');
    expect(lab.line.bytes).to.equal(0);
    expect(lab.ada.only.status).to.equal('offered');
  });

  it('[FT-2] offers a thousand times: eight are shown, and nothing is left of those that are withdrawn', async () => {
    for (let count = 0; count < 100; count += 1)
      await lab.ada.files.offer(makeFile(1), { to: 'ben' });
    await lab.ada.when((list) =>
      list.filter(({ status }) => status === 'offered').length === 8 ? true : undefined,
    );
    expect(lab.ben.list).to.have.length(8);
    expect(lab.ada.list.at(-1)?.problem?.code).to.equal('too-many-offers');
    for (const { id } of lab.ada.list) lab.ada.files.cancel(id);
    await lab.ben.when((list) => (list.length === 0 ? true : undefined));
  });

  it('sends frames of transfers that nobody knows: nothing is kept of them', async () => {
    const random = seededRandom(9);
    const id = (): string =>
      Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('');
    await lab.ada.files.offer(makeFile(1), { to: 'ben' });
    await lab.ben.until('offered');
    lab.line.tamper = (frame) => ({ ...frame, id: id() });
    lab.ada.files.cancel(lab.ada.only.id);
    expect(lab.ben.list).to.have.length(1);
  });

  /** Gives Ben a frame as if Ada had sent it. */
  const inject = (frame: FileFrame): void => lab.ben.room.options?.onMessage(encodeFrame(frame));

  /** Of each type that a sender sends, for the transfer with this id. */
  const framesFor = (id: string): readonly FileFrame[] => [
    { type: 'piece', id, run: 1, index: 0, offset: 0, bytes: new Uint8Array(1_000) },
    { type: 'part', id, run: 1, index: 0, hash: new Uint8Array(32) },
    { type: 'end', id, run: 1, digest: new Uint8Array(32) },
    { type: 'pause', id, on: true },
    { type: 'stop', id, reason: 'corrupt', words: '' },
  ];

  it('sends frames of a transfer that is over: it stays what it was', async () => {
    await lab.ada.files.offer(makeFile(1_000), { to: 'ben' });
    await lab.ben.files.accept((await lab.ben.until('offered')).id, { sink: 'memory' });
    const { id } = await lab.ben.until('done');
    const before = lab.ben.only;
    for (const frame of framesFor(id)) inject(frame);
    expect(lab.ben.only).to.deep.equal(before);
    expect((await lab.ben.files.take(id)).size).to.equal(1_000);
    await expectOthersUnharmed();
  });

  it('sends frames of somebody else’s transfer: it goes on as if there were none', async () => {
    await lab.ada.files.offer(makeFile(9 * FILE_PART_BYTES), { to: 'ben' });
    const begun = lab.line.begun(2);
    const { id } = await lab.ben.until('offered');
    await lab.ben.files.accept(id, { sink: 'memory' });
    await begun;
    const { state } = lab.ben.room;
    const peers = state.peers.map((peer) => ({ ...peer, user: 'user-eve' }));
    lab.ben.room.state = { ...state, peers };
    for (const frame of framesFor(id)) inject(frame);
    lab.ben.room.state = state;
    expect(lab.ben.only).to.include({ status: 'running', problem: null });
    await lab.ben.until('done');
    expect((await lab.ben.files.take(id)).size).to.equal(9 * FILE_PART_BYTES);
  });

  it('offers 10 GiB, of which only what is read takes memory, and of which no more comes than is wanted', async () => {
    // A blob of blobs: each of its parts is the same megabyte.
    let content = new Blob([new Uint8Array(FILE_PART_BYTES)]);
    for (const copies of [16, 16, 40])
      content = new Blob(Array.from({ length: copies }, () => content));
    const offer = await lab.ada.files.offer(new File([content], 'disk.img'), { to: 'ben' });
    const { id, size } = await lab.ben.until('offered');
    expect(size).to.equal(10 * 1_024 ** 3);
    expect(await codeOf(lab.ben.files.accept(id, { sink: 'memory' }))).to.equal('no-space');
    let written = 0;
    const writable = {
      write: async ({ data }: { readonly data: Uint8Array }) => void (written += data.length),
      abort: async () => undefined,
    };
    const file = { kind: 'file', name: 'disk.img', createWritable: async () => writable };
    const begun = lab.line.begun(20);
    await lab.ben.files.accept(id, { sink: file as unknown as FileSystemFileHandle });
    await begun;
    expect(lab.ben.only.progress).to.be.lessThan(0.01);
    lab.ben.files.cancel(id);
    const [sent] = await offer.done;
    expect(sent?.problem?.code).to.equal('file-cancelled');
    expect(written).to.be.within(10 * FILE_PART_BYTES, 30 * FILE_PART_BYTES);
    await expectOthersUnharmed();
  });

  it('[FT-2] is a listener, who can offer nothing', async () => {
    await lab.close();
    lab = await openFilesLab({ ada: 'listener' });
    expect(await codeOf(lab.ada.files.offer(makeFile(1), { to: 'ben' }))).to.equal('not-allowed');
    const { you } = lab.ada.room.state;
    if (you) lab.ada.room.state = { ...lab.ada.room.state, you: { ...you, role: 'speaker' } };
    await lab.ada.files.offer(makeFile(1), { to: 'ben' });
    expect((await lab.ada.until('failed')).problem?.code).to.equal('not-allowed');
    expect(lab.ben.list).to.deep.equal([]);
  });

  it('[FT-4] never drains: the sender stops at the credit, and goes on once there is more', async () => {
    const most = 8 * FILE_PART_BYTES;
    let isHeld = true;
    lab.line.tamper = (frame) =>
      frame.type === 'credit' && isHeld
        ? { ...frame, credit: Math.min(frame.credit, most) }
        : frame;
    await lab.ada.files.offer(makeFile(12 * FILE_PART_BYTES), { to: 'ben' });
    const stopped = lab.line.begun(9);
    await lab.ben.files.accept((await lab.ben.until('offered')).id);
    // What is on its way as far as the sender knows grows until the window holds it back, or the credit.
    while (lab.line.bytes < FILE_PART_BYTES) await lab.line.headroom();
    let before = 0;
    while (lab.line.bytes !== before) {
      before = lab.line.bytes;
      for (let turn = 0; turn < 50; turn += 1) await lab.line.headroom();
    }
    expect(before).to.be.within(FILE_PART_BYTES, most);
    isHeld = false;
    lab.line.reset();
    await stopped;
    await lab.ben.until('done');
  });

  it('has no space: the receiver says so, and goes on where it stopped', async () => {
    await lab.ada.files.offer(makeFile(65 * FILE_PART_BYTES), { to: 'ben' });
    const { id } = await lab.ben.until('offered');
    expect(await codeOf(lab.ben.files.accept(id, { sink: 'memory' }))).to.equal('no-space');
    expect(lab.ben.only.status).to.equal('offered');
  });
});
