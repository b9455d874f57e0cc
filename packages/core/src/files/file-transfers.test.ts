import { expect } from '@esm-bundle/chai';

import {
  type FilesLab,
  makeBytes,
  makeFile,
  openFilesLab,
} from '../../../../tests/support/files-lab.js';
import { FILE_PART_BYTES } from './rules/limits.js';

const bytesOf = async (file: Blob): Promise<Uint8Array> => new Uint8Array(await file.arrayBuffer());

const isEqual = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, at) => byte === other[at]);

const codeOf = (task: Promise<unknown>): Promise<string> =>
  task.then(
    () => 'none',
    (error: unknown) => (error as { code?: string }).code ?? String(error),
  );

describe('files between two people', () => {
  let lab: FilesLab;

  beforeEach(async () => {
    lab = await openFilesLab();
  });

  afterEach(() => lab.close());

  it('[FT-1] arrive whole once they are accepted, and nothing is written before that', async () => {
    const { ada, ben, line } = lab;
    const offer = await ada.files.offer(makeFile(2.5 * FILE_PART_BYTES, 'a/../plan\u202efdp.exe'), {
      to: 'ben',
    });
    const offered = await ben.until('offered');
    expect(offered).to.include({
      name: 'planfdp.exe',
      size: 2.5 * FILE_PART_BYTES,
      peerName: 'ada',
    });
    expect(line.bytes).to.equal(0);
    await ben.files.accept(offered.id);
    const done = await ben.until('done');
    expect(done).to.include({ progress: 1, bytes: 2.5 * FILE_PART_BYTES, isTakeable: true });
    const file = await ben.files.take(done.id);
    expect(file.name).to.equal('planfdp.exe');
    expect(isEqual(await bytesOf(file), makeBytes(2.5 * FILE_PART_BYTES))).to.equal(true);
    const [sent] = await offer.done;
    expect(sent).to.include({ status: 'done', progress: 1 });
    expect(line.parts).to.deep.equal([0, 1, 2]);
    expect(ben.events).to.deep.equal(['file-offer', 'file-done']);
  });

  for (const size of [0, 1, FILE_PART_BYTES, FILE_PART_BYTES + 1]) {
    it(`arrive with ${size} bytes`, async () => {
      const { ada, ben } = lab;
      await ada.files.offer(makeFile(size), { to: 'ben' });
      await ben.files.accept((await ben.until('offered')).id, { sink: 'memory' });
      const { id } = await ben.until('done');
      expect((await ben.files.take(id)).size).to.equal(size);
      await ada.until('done');
    });
  }

  it('[FT-6] go on after the line was reset, with the parts that are missing', async () => {
    const { ada, ben, line } = lab;
    await ada.files.offer(makeFile(6 * FILE_PART_BYTES), { to: 'ben' });
    await ben.files.accept((await ben.until('offered')).id);
    let resets = 0;
    line.tamper = (frame) => {
      if (
        frame.type === 'credit' &&
        resets < 2 &&
        frame.stored >= (resets + 1) * 2 * FILE_PART_BYTES
      ) {
        resets += 1;
        line.reset();
      }
      return frame;
    };
    const { id } = await ben.until('done');
    expect(resets).to.equal(2);
    expect(
      isEqual(await bytesOf(await ben.files.take(id)), makeBytes(6 * FILE_PART_BYTES)),
    ).to.equal(true);
    // At most the window was on its way each time.
    expect(line.parts.filter((part) => part < 2)).to.deep.equal([0, 1]);
    await ada.until('done');
  });

  it('[FT-6] go on where the receiver hears the offer before it can answer', async () => {
    const { ada, ben, line } = lab;
    await ada.files.offer(makeFile(5 * FILE_PART_BYTES), { to: 'ben' });
    const { id } = await ben.until('offered');
    const begun = line.begun(2);
    await ben.files.accept(id);
    await begun;
    line.cut();
    line.late = 'ben';
    const refused = line.refused();
    line.restore();
    await refused;
    line.openLate();
    await ben.until('done');
    await ada.until('done');
  });

  it('[FT-5] fetch a damaged part again, alone', async () => {
    const { ada, ben, line } = lab;
    await ada.files.offer(makeFile(4 * FILE_PART_BYTES), { to: 'ben' });
    let damages = 0;
    line.tamper = (frame) => {
      if (frame.type !== 'piece' || frame.index !== 1 || damages > 0) return frame;
      damages += 1;
      const bytes = frame.bytes.slice();
      bytes[0] = (bytes[0] ?? 0) ^ 1;
      return { ...frame, bytes };
    };
    await ben.files.accept((await ben.until('offered')).id);
    const { id } = await ben.until('done');
    expect(line.parts.toSorted()).to.deep.equal([0, 1, 1, 2, 3]);
    expect(
      isEqual(await bytesOf(await ben.files.take(id)), makeBytes(4 * FILE_PART_BYTES)),
    ).to.equal(true);
  });

  it('[FT-5] are given up when a part is damaged every time', async () => {
    const { ada, ben, line } = lab;
    await ada.files.offer(makeFile(2 * FILE_PART_BYTES), { to: 'ben' });
    line.tamper = (frame) =>
      frame.type === 'part' && frame.index === 1 ? { ...frame, hash: new Uint8Array(32) } : frame;
    await ben.files.accept((await ben.until('offered')).id);
    const failed = await ben.until('failed');
    expect(failed.problem?.code).to.equal('file-corrupt');
    expect((await ada.until('failed')).problem?.code).to.equal('file-corrupt');
    expect(line.parts.filter((part) => part === 1)).to.have.length(4);
    expect(await codeOf(ben.files.take(failed.id))).to.equal('not-found');
  });

  it('[FT-6] go on after the receiver has reloaded the page', async () => {
    const { ada, line } = lab;
    await ada.files.offer(makeFile(5 * FILE_PART_BYTES), { to: 'ben' });
    const begun = line.begun(3);
    await lab.ben.files.accept((await lab.ben.until('offered')).id);
    await begun;
    const sent = line.parts.length;
    await lab.reload('ben');
    const { id } = await lab.ben.until('done');
    expect(
      isEqual(await bytesOf(await lab.ben.files.take(id)), makeBytes(5 * FILE_PART_BYTES)),
    ).to.equal(true);
    expect(line.parts.slice(sent)).not.to.include(0);
    await ada.until('done');
    expect(ada.only.session).to.equal('ben-1');
  });

  it('[FT-6] go on after the sender has reloaded the page and picked the file again', async () => {
    const { ben, line } = lab;
    await lab.ada.files.offer(makeFile(5 * FILE_PART_BYTES), { to: 'ben' });
    const begun = line.begun(3);
    await ben.files.accept((await ben.until('offered')).id);
    await begun;
    const sent = line.parts.length;
    await lab.reload('ada');
    const { ada } = lab;
    expect(ben.only).to.include({ status: 'interrupted' });
    expect(ben.only.problem?.code).to.equal('sender-gone');
    const { id, needsFiles } = ada.only;
    expect(needsFiles).to.equal(true);
    expect(await codeOf(ada.files.resume(id))).to.equal('bad-argument');
    expect(await codeOf(ada.files.resume(id, makeFile(5 * FILE_PART_BYTES - 1)))).to.equal(
      'file-mismatch',
    );
    const other = new File([makeBytes(5 * FILE_PART_BYTES, 2)], 'data.bin');
    expect(await codeOf(ada.files.resume(id, other))).to.equal('file-mismatch');
    expect(ada.only.needsFiles).to.equal(true);
    await ada.files.resume(id, makeFile(5 * FILE_PART_BYTES));
    const done = await ben.until('done');
    expect(
      isEqual(await bytesOf(await ben.files.take(done.id)), makeBytes(5 * FILE_PART_BYTES)),
    ).to.equal(true);
    expect(line.parts.slice(sent)).not.to.include(0);
    await ada.until('done');
  });

  it('[FT-8] are paused by either side, and go on once both want it', async () => {
    const { ada, ben } = lab;
    await ada.files.offer(makeFile(3 * FILE_PART_BYTES), { to: 'ben' });
    const { id } = await ben.until('offered');
    ben.files.pause(id);
    await ben.files.accept(id);
    await ada.when((list) => (list[0]?.pausedBy === 'them' ? true : undefined));
    ada.files.pause(id);
    await ben.when((list) => (list[0]?.pausedBy === 'both' ? true : undefined));
    await ben.files.resume(id);
    expect(ben.only.pausedBy).to.equal('them');
    await ada.files.resume(id);
    await ben.until('done');
  });

  it('are left to a page that prevents the default: they are in the list, and not declined', async () => {
    const { ada, ben } = lab;
    ben.room.onEvent = (event) => void event.preventDefault();
    await ada.files.offer(makeFile(10), { to: 'ben' });
    await ben.when(([one]) => one?.isHandled || undefined);
    expect(ben.only).to.include({ status: 'offered', isHandled: true });
    expect(ada.only.status).to.equal('offered');
    await ben.files.accept(ben.only.id, { sink: 'memory' });
    expect(await ben.until('done')).to.include({ isHandled: true, isTakeable: true });
    await ada.until('done');
  });

  it('are answered by a listener of the event, while it is told', async () => {
    const { ada, ben } = lab;
    ben.room.onEvent = (event) => {
      if (event.type !== 'file-offer') return;
      expect(ben.only.status).to.equal('offered');
      ben.files.decline(ben.only.id, 'Too large for this room.');
    };
    const offer = await ada.files.offer(makeFile(10), { to: 'ben' });
    const [sent] = await offer.done;
    expect(sent?.problem?.message).to.contain('Too large for this room.');
    expect(ben.events).to.deep.equal(['file-offer', 'file-done']);
    expect(ben.only).to.include({ status: 'declined', isHandled: false });
  });

  it('are declined with words, or cancelled by either side', async () => {
    const { ada, ben } = lab;
    const declined = await ada.files.offer(makeFile(10), { to: 'ben' });
    ben.files.decline((await ben.until('offered')).id, 'Not now, please.');
    const [first] = await declined.done;
    expect(first).to.include({ status: 'declined' });
    expect(first?.problem?.message).to.contain('Not now, please.');
    const cancelled = await ada.files.offer(makeFile(9 * FILE_PART_BYTES), { to: 'ben' });
    const { id } = await ben.until('offered');
    await ben.files.accept(id);
    ben.files.cancel(id);
    const [second] = await cancelled.done;
    expect(second?.problem?.code).to.equal('file-cancelled');
    const withdrawn = await ada.files.offer(makeFile(10), { to: 'ben' });
    await ben.until('offered');
    withdrawn.cancel();
    await ben.when((list) => (list.some(({ status }) => status === 'offered') ? undefined : true));
  });

  it('arrive as one transfer, and are taken as one zip', async () => {
    const { ada, ben } = lab;
    const files = [makeFile(FILE_PART_BYTES, 'a.bin'), makeFile(10, 'a.bin'), makeFile(0, 'empty')];
    await ada.files.offer(files, { to: 'ben' });
    const offered = await ben.until('offered');
    expect(offered).to.include({ kind: 'files', count: 3, size: FILE_PART_BYTES + 10 });
    await ben.files.accept(offered.id);
    const { id, entries } = await ben.until('done');
    expect(entries.map(({ path }) => path)).to.deep.equal(['a.bin', 'a (2).bin', 'empty']);
    const zip = await ben.files.take(id);
    expect([zip.name, zip.type]).to.deep.equal(['files.zip', 'application/zip']);
    expect(zip.size).to.be.greaterThan(FILE_PART_BYTES + 10);
    expect(isEqual((await bytesOf(zip)).slice(0, 4), new Uint8Array([80, 75, 3, 4]))).to.equal(
      true,
    );
  });

  it('are written into a folder that the person chose, replacing nothing', async () => {
    const { ada, ben } = lab;
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('chosen', { create: true });
    await folder.getFileHandle('a.txt', { create: true });
    await ada.files.offer([makeFile(3, 'a.txt'), makeFile(4, 'b.txt')], { to: 'ben' });
    await ben.files.accept((await ben.until('offered')).id, { sink: folder });
    const { id } = await ben.until('done');
    const names: string[] = [];
    for await (const name of folder.keys()) names.push(name);
    expect(names.toSorted()).to.deep.equal(['a (2).txt', 'a.txt', 'b.txt']);
    expect(await codeOf(ben.files.take(id))).to.equal('not-found');
    await root.removeEntry('chosen', { recursive: true });
  });

  it('are handed over to whoever asks for what is shared, and to nobody after that', async () => {
    const { ada, ben } = lab;
    const shared = await ada.files.share(makeFile(2_000, 'photo.png', 'image/png'));
    expect(shared).to.include({ name: 'photo.png', size: 2_000, type: 'image/png' });
    const id = await ben.files.request(shared.id, 'ada', { sink: 'memory' });
    await ben.until('done');
    expect((await ben.files.take(id)).size).to.equal(2_000);
    expect(ben.events).not.to.include('file-offer');
    ada.files.unshare(shared.id);
    expect(await codeOf(ben.files.request(shared.id, 'ada', {}))).to.equal('not-found');
  });

  it('show pictures by their bytes, and nothing else', async () => {
    const { ada, ben } = lab;
    const receive = async (content: BlobPart, name: string): Promise<Blob | null> => {
      await ada.files.offer(new File([content], name, { type: 'image/png' }), { to: 'ben' });
      await ben.files.accept((await ben.until('offered')).id, { sink: 'memory' });
      await ben.when((list) => (list.every(({ status }) => status === 'done') ? true : undefined));
      return ben.files.preview(ben.list.at(-1)?.id ?? '');
    };
    const gif = await receive('GIF89a, and what follows', 'x.svg');
    expect(gif?.type).to.equal('image/gif');
    expect(await receive('<svg onload="alert(1)"/>', 'x.png')).to.equal(null);
  });
});
