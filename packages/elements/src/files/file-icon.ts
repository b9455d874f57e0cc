// Which icon stands for a file.
import type { IconNode } from '../base/icon.js';
import {
  File,
  FileArchive,
  FileImage,
  FileMusic,
  FileText,
  FileVideoCamera,
  Folder,
} from '../base/icons/files.js';

/** What decides on the icon: what the sender says, which may be wrong. */
export interface FileLook {
  readonly kind?: 'file' | 'files' | 'folder';
  readonly name: string;
  readonly type: string;
}

const BY_TYPE: readonly (readonly [RegExp, IconNode])[] = [
  [/^image\//, FileImage],
  [/^video\//, FileVideoCamera],
  [/^audio\//, FileMusic],
  [/^text\/|^application\/(pdf|json|xml|rtf|msword|vnd\.(oasis|openxml))/, FileText],
  [/zip|compressed|x-(tar|7z|rar)|gzip/, FileArchive],
];

/** Where a browser does not know the type, it gives none. */
const BY_NAME = /\.(zip|tar|t?gz|bz2|xz|7z|rar)$/i;

export function fileIcon({ kind = 'file', name, type }: FileLook): IconNode {
  if (kind === 'folder') return Folder;
  if (kind === 'files' || BY_NAME.test(name)) return FileArchive;
  return BY_TYPE.find(([pattern]) => pattern.test(type))?.[1] ?? File;
}
