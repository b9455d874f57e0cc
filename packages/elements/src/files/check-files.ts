// Which files a page lets a person send, by the attributes `accept` and `max-size`. Pure.

/** Why a file is not sent. */
export type FileRefusal = 'filesTooLarge' | 'filesWrongKind';

/** The first file that is not allowed, and why; `null`: all are. */
export function refusedFile<T extends Pick<File, 'name' | 'type' | 'size'>>(
  files: readonly T[],
  { accept, maxSize }: { readonly accept: string; readonly maxSize: number | null },
): { readonly file: T; readonly why: FileRefusal } | null {
  for (const file of files) {
    if (maxSize !== null && file.size > maxSize) return { file, why: 'filesTooLarge' };
    if (!isAccepted(file, accept)) return { file, why: 'filesWrongKind' };
  }
  return null;
}

/** As `<input accept>` says it: types, groups such as `image/*`, and ends of names such as `.pdf`. */
function isAccepted({ name, type }: Pick<File, 'name' | 'type'>, accept: string): boolean {
  const all = accept
    .split(',')
    .map((one) => one.trim().toLowerCase())
    .filter((one) => one !== '');
  return (
    all.length === 0 ||
    all.some((one) => {
      if (one.startsWith('.')) return name.toLowerCase().endsWith(one);
      return one.endsWith('/*') ? type.startsWith(one.slice(0, -1)) : type === one;
    })
  );
}
