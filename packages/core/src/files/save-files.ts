/** Hands out what was received: one file as it is, several as one zip or under their own names in a folder. */
import { loadModule } from '../support/lazy-module.js';
import { inertType } from './rules/clean-name.js';
import type { ManifestEntry } from './rules/manifest.js';
import { sinkError } from './sink-error.js';

/** What was received: the manifest, if it has one, and then the files. */
export interface Received {
  readonly content: Blob;
  readonly manifestBytes: number;
  readonly entries: readonly ManifestEntry[];
}

interface ReceivedFile {
  readonly path: string;
  readonly content: Blob;
}

function filesOf({ content, manifestBytes, entries }: Received): readonly ReceivedFile[] {
  let from = manifestBytes;
  return entries.map(({ path, size }) => {
    const part = content.slice(from, from + size);
    from += size;
    return { path, content: part };
  });
}

export const asFile = ({ content }: Received, name: string, type: string): File =>
  new File([content], name, { type: inertType(type) });

/**
 * One zip of all files, not compressed.
 * @throws RtcError `part-unavailable`.
 */
export async function zipOf(received: Received): Promise<ReadableStream<Uint8Array>> {
  const { makeZip } = await loadModule(import('client-zip'));
  const lastModified = new Date();
  return makeZip(
    filesOf(received).map(({ path, content }) => ({ name: path, input: content, lastModified })),
    { buffersAreUTF8: true },
  );
}

/** @throws RtcError `destination-lost`, `no-space`. */
export async function pipeInto(
  content: ReadableStream<Uint8Array>,
  handle: FileSystemFileHandle,
): Promise<void> {
  try {
    await content.pipeTo(await handle.createWritable());
  } catch (cause) {
    throw sinkError(cause);
  }
}

/**
 * Writes all files into a folder that the person chose, each under a name that is free there.
 * @throws RtcError `destination-lost`, `no-space`.
 */
export async function saveInto(
  received: Received,
  folder: FileSystemDirectoryHandle,
): Promise<void> {
  try {
    for (const { path, content } of filesOf(received)) {
      const steps = path.split('/');
      const name = steps.pop() ?? '';
      let parent = folder;
      for (const step of steps) parent = await parent.getDirectoryHandle(step, { create: true });
      const handle = await parent.getFileHandle(await freeName(parent, name), { create: true });
      await content.stream().pipeTo(await handle.createWritable());
    }
  } catch (cause) {
    throw sinkError(cause);
  }
}

async function freeName(folder: FileSystemDirectoryHandle, name: string): Promise<string> {
  const dot = name.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  for (let number = 1; ; number += 1) {
    const free = number === 1 ? name : `${stem} (${number})${ending}`;
    const taken = await folder.getFileHandle(free).catch((error: unknown) => error);
    if (taken instanceof DOMException && taken.name === 'NotFoundError') return free;
    if (taken instanceof DOMException && taken.name !== 'TypeMismatchError') throw taken;
  }
}
