// A file that a chat message tells of (CH-11). The room keeps what is said here, and never a byte of the file.
import { LIMITS } from './limits.js';
import { count, id, object, ruled, type SchemaOf, text } from './schema.js';
import { isFileName } from './text.js';

/** What people see of a file before they have it. */
export interface ChatFile {
  /** Its author chose it. The sessions of the author are asked for the file under this id. */
  readonly id: string;
  /** Without a path; at most `LIMITS.fileNameLength` code points. */
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** The media type, in lower case and without parameters; empty if the author's browser does not know it. */
  readonly type: string;
}

/** RFC 6838, section 4.2: at most 127 characters on each side. */
const MEDIA_TYPE = /^([a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126})?$/;

export const chatFileSchema: SchemaOf<ChatFile> = object({
  id,
  name: ruled(
    text(2 * LIMITS.fileNameLength),
    (name) => isFileName(name, LIMITS.fileNameLength),
    'a file name without a path',
  ),
  size: count,
  type: text(255, MEDIA_TYPE),
});

/** The media type of a file as a message may have it: empty in place of anything else. */
export const chatFileType = (type: string): string => {
  const [essence = ''] = type.toLowerCase().split(';');
  return MEDIA_TYPE.test(essence.trim()) ? essence.trim() : '';
};
