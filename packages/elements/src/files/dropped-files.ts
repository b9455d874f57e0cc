// Reads what was dropped or pasted: files, and folders with all that is in them.
import { unreadDropError } from '../session/requests/drop-errors.js';
import type { DroppedItem } from './dropped-items.js';

/** No offer takes more, so no more of a folder is read. */
const MOST_FILES = 10_000;

/**
 * All files, those of a folder with their path in it as `webkitRelativePath`, as a picker gives them. Of more than
 * an offer takes, one more than that, so that whoever offers them is told.
 * @throws RtcError `file-unreadable`.
 */
export async function filesIn(items: readonly DroppedItem[]): Promise<readonly File[]> {
  const files: File[] = [];
  try {
    for (const item of items) {
      if (item instanceof File) files.push(item);
      else await walk(item, files);
    }
    return files;
  } catch (cause) {
    throw unreadDropError(cause);
  }
}

async function walk(entry: FileSystemEntry, files: File[]): Promise<void> {
  if (files.length > MOST_FILES) return;
  if (entry.isFile) {
    const file = await fileOf(entry as FileSystemFileEntry);
    const path = entry.fullPath.replace(/^\//, '');
    // A file that was dropped by itself is in no folder.
    if (path.includes('/')) Object.defineProperty(file, 'webkitRelativePath', { value: path });
    files.push(file);
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    // Chromium gives a hundred at a time.
    const some = await entriesOf(reader);
    if (some.length === 0) return;
    for (const one of some) await walk(one, files);
  }
}

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, reject));

const entriesOf = (reader: FileSystemDirectoryReader): Promise<readonly FileSystemEntry[]> =>
  new Promise((resolve, reject) => reader.readEntries(resolve, reject));
