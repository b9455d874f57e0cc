// How files become messages: a few are a message each, a folder or many are one together. Pure.

/** What one message tells of. */
export interface FileGroup {
  readonly files: readonly File[];
  /** That of its first file, or of the folder. */
  readonly name: string;
  readonly size: number;
}

/** More than these would push everything else out of the chat. */
const MOST_MESSAGES = 10;

/** In the order in which they were added. */
export function groupFiles(files: readonly File[]): readonly FileGroup[] {
  const groups = new Map<string, File[]>();
  const isMany = new Set(files.map((file, at) => folderOf(file) ?? at)).size > MOST_MESSAGES;
  files.forEach((file, at) => {
    const key = isMany ? 'all' : (folderOf(file) ?? `${at}`);
    groups.set(key, [...(groups.get(key) ?? []), file]);
  });
  return [...groups.values()].map(toGroup);
}

/** The folder in which a file was chosen or dropped. No other key has a slash. */
function folderOf({ webkitRelativePath: path }: File): string | null {
  const end = path.indexOf('/');
  return end < 0 ? null : path.slice(0, end + 1);
}

function toGroup(files: readonly File[]): FileGroup {
  const [first] = files;
  const folder = first && folderOf(first);
  return {
    files,
    name: folder?.slice(0, -1) ?? first?.name ?? '',
    size: files.reduce((sum, { size }) => sum + size, 0),
  };
}
