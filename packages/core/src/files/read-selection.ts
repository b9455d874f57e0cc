/** Makes one list of what a page hands over: files, and folders with all that is in them. */
import type { FileSelection } from '../api/files-api.js';
import { RtcError } from '../state/errors.js';
import { type Selection, unreadableError } from './file-source.js';
import { cleanName, cleanPath, distinctPaths } from './rules/clean-name.js';
import { MAX_BYTES, MAX_ENTRIES } from './rules/limits.js';

interface Found {
  readonly path: string;
  readonly file: File;
}

/**
 * `name`: in place of that of the file or folder.
 * @throws RtcError `not-found` (there is no file), `bad-argument` (too many or too large), `file-unreadable`.
 */
export async function readSelection(files: FileSelection, name?: string): Promise<Selection> {
  const items = isIterable(files) ? Array.from(files) : [files];
  const found: Found[] = [];
  for (const item of items) await collect(item, '', found);
  if (found.length === 0) throw new RtcError('not-found', 'There is no file to offer in it.');
  if (found.reduce((sum, { file }) => sum + file.size, 0) > MAX_BYTES - MAX_ENTRIES * 2_048)
    throw new RtcError('bad-argument', 'That is more than 255 GiB. Offer less at once.');
  const [first] = found;
  const [item] = items;
  const isFile = found.length === 1 && first?.path === first?.file.name && first;
  if (isFile) return { kind: 'file', name: cleanName(name ?? first.path), files: found };
  const folder = items.length === 1 && isHandle(item) ? item.name : commonFolder(found);
  const kind = folder === null ? 'files' : 'folder';
  return { kind, name: cleanName(name ?? folder ?? 'files.zip'), files: inOrder(found, folder) };
}

async function collect(
  item: File | FileSystemHandle,
  folder: string,
  found: Found[],
): Promise<void> {
  if (found.length >= MAX_ENTRIES)
    throw new RtcError('bad-argument', `Offer at most ${MAX_ENTRIES} files at once.`);
  try {
    if (!isHandle(item)) found.push({ path: item.webkitRelativePath || item.name, file: item });
    else if (isDirectory(item)) {
      const inside = `${folder}${item.name}/`;
      for await (const child of item.values()) await collect(child, inside, found);
    } else {
      const file = await (item as FileSystemFileHandle).getFile();
      found.push({ path: `${folder}${item.name}`, file });
    }
  } catch (cause) {
    throw cause instanceof RtcError ? cause : unreadableError(cause);
  }
}

/** The same order and the same names whenever the same files are selected: a transfer is resumed by them. */
function inOrder(found: readonly Found[], folder: string | null): readonly Found[] {
  const cut = folder === null ? 0 : folder.length + 1;
  const sorted = found
    .map(({ path, file }) => ({ path: cleanPath(path.slice(cut)), file }))
    .sort((one, other) => (one.path < other.path ? -1 : Number(one.path > other.path)));
  const paths = distinctPaths(sorted.map(({ path }) => path));
  return sorted.map(({ path, file }, at) => ({ path: paths[at] ?? path, file }));
}

/** The folder that all of them are in, as `<input webkitdirectory>` has it. */
function commonFolder(found: readonly Found[]): string | null {
  const folders = new Set(found.map(({ path }) => (path.includes('/') ? path.split('/')[0] : '')));
  const [only] = folders;
  return folders.size === 1 && only ? only : null;
}

const isIterable = (
  files: FileSelection,
): files is FileList | readonly (File | FileSystemHandle)[] => Symbol.iterator in files;

const isHandle = (item: File | FileSystemHandle | undefined): item is FileSystemHandle =>
  item !== undefined && !(item instanceof File);

const isDirectory = (handle: FileSystemHandle): handle is FileSystemDirectoryHandle =>
  handle.kind === 'directory';
