/** Where what arrives is put, and handed out from. */
import type { FileSink } from '../api/files-api.js';
import { RtcError } from '../state/errors.js';
import { HandleSink } from './handle-sink.js';
import type { IncomingTransfer } from './incoming-transfer.js';
import { MemoryBudget, MemorySink } from './memory-sink.js';
import { PartStorage, StorageSink } from './part-storage.js';
import type { PartSink } from './ports.js';
import { MAX_PICTURE_BYTES, SNIFFED_BYTES, sniffPicture } from './rules/sniff-picture.js';
import { asFile, pipeInto, type Received, saveInto, zipOf } from './save-files.js';

/** A place that is written once all has arrived. */
type Target = FileSystemFileHandle | FileSystemDirectoryHandle;

export class Sinks {
  readonly storage = new PartStorage();
  readonly #memory = new MemoryBudget();
  /** By the id of the transfer. */
  readonly #targets = new Map<string, Target>();

  /** @throws RtcError `no-space`, `destination-lost`, `unsupported`. */
  async open({ offer }: IncomingTransfer, sink: FileSink | undefined): Promise<PartSink> {
    this.#targets.delete(offer.id);
    if (typeof sink === 'object' && sink.kind === 'file' && offer.kind === 'file')
      return HandleSink.open(sink);
    const opened = await this.#openPrivate(offer.id, offer.size, sink);
    this.aim(offer.id, sink);
    return opened;
  }

  /** Says where a transfer goes once it is here. `false`: nowhere, it is taken from here. */
  aim(id: string, sink: FileSink | undefined): boolean {
    if (typeof sink !== 'object') return false;
    this.#targets.set(id, sink);
    return true;
  }

  /** Writes it to where it goes. `true`: it stays here, to be taken. Throws as `open()`. */
  async save(transfer: IncomingTransfer): Promise<boolean> {
    const { sink, offer } = transfer;
    await sink?.finish();
    const target = this.#targets.get(offer.id);
    const received = await receivedOf(transfer);
    if (!received) return false;
    if (!target) return true;
    if (target.kind === 'directory') await saveInto(received, target);
    else await pipeInto(await zipOf(received), target);
    this.#targets.delete(offer.id);
    await transfer.drop();
    return false;
  }

  /** @throws RtcError `not-found`. */
  async take(transfer: IncomingTransfer): Promise<File> {
    const received = await receivedOf(transfer);
    if (!received || !transfer.item.view.isTakeable) throw notReceivedError();
    const { name, type, kind } = transfer.item.view;
    if (kind === 'file') return asFile(received, name, type);
    const zipName = name.toLowerCase().endsWith('.zip') ? name : `${name}.zip`;
    const zip = await zipOf(received);
    if (!(transfer.sink instanceof StorageSink))
      return new File([await new Response(zip).blob()], zipName, { type: 'application/zip' });
    const handle = await transfer.sink.createFile('zip');
    await pipeInto(zip, handle);
    return new File([await handle.getFile()], zipName, { type: 'application/zip' });
  }

  /** A picture, if it is one by its bytes. Throws as `take()`. */
  async preview(transfer: IncomingTransfer): Promise<Blob | null> {
    const received = await receivedOf(transfer);
    if (!received || !transfer.item.view.isTakeable) throw notReceivedError();
    const { content } = received;
    if (transfer.offer.kind !== 'file' || content.size > MAX_PICTURE_BYTES) return null;
    const head = new Uint8Array(await content.slice(0, SNIFFED_BYTES).arrayBuffer());
    const type = sniffPicture(head);
    return type === null ? null : new Blob([content], { type });
  }

  forget(id: string): void {
    this.#targets.delete(id);
  }

  async #openPrivate(id: string, size: number, sink: FileSink | undefined): Promise<PartSink> {
    const isKept = sink === 'storage' || (sink !== 'memory' && (await this.storage.isAvailable()));
    return isKept ? this.storage.create(id, size) : new MemorySink(this.#memory, size);
  }
}

async function receivedOf({ sink, entries, offer }: IncomingTransfer): Promise<Received | null> {
  const content = await sink?.read();
  if (!content || !entries) return null;
  return { content, entries, manifestBytes: offer.manifestBytes };
}

export const notReceivedError = (): RtcError =>
  new RtcError(
    'not-found',
    'There is nothing here to take. It was saved, deleted or never received.',
  );
