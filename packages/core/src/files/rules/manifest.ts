/** The list of entries that a transfer of several files begins with. */
import { ByteReader, ByteWriter, Malformed } from './bytes.js';
import { cleanPath, distinctPaths } from './clean-name.js';
import { MAX_ENTRIES, MAX_PATH_BYTES } from './limits.js';

export interface ManifestEntry {
  /** Cleaned, and unlike every other one. */
  readonly path: string;
  readonly size: number;
}

/** Each entry with a path and a size. */
export function encodeManifest(entries: readonly ManifestEntry[]): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter().u32(entries.length);
  for (const { path, size } of entries) writer.text(path).whole(size);
  return new Uint8Array(writer.finish());
}

/** The entries, if they are as many and as large as was offered; else `null`. */
export function decodeManifest(
  bytes: Uint8Array,
  { count, contentBytes }: { readonly count: number; readonly contentBytes: number },
): readonly ManifestEntry[] | null {
  const reader = new ByteReader(bytes);
  try {
    const length = reader.u32();
    if (length !== count || length > MAX_ENTRIES) return null;
    const raw: ManifestEntry[] = [];
    let sum = 0;
    for (let at = 0; at < length; at += 1) {
      const path = cleanPath(reader.text(MAX_PATH_BYTES));
      const size = reader.whole(contentBytes);
      sum += size;
      raw.push({ path, size });
    }
    reader.end();
    if (sum !== contentBytes) return null;
    const paths = distinctPaths(raw.map(({ path }) => path));
    return raw.map(({ path, size }, at) => ({ path: paths[at] ?? path, size }));
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}
