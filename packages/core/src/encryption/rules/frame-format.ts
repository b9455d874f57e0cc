/**
 * The parts of an encrypted frame: the header that browsers read, in the clear; the rest, encrypted, with
 * its tag; the initialization vector; the index of the key.
 */

/** What AES-GCM takes (NIST SP 800-38D, section 5.2.1.1). */
export const IV_BYTES = 12;

/** What AES-GCM adds. */
const TAG_BYTES = 16;

const INDEX_BYTES = 1;

/** What is known of a frame before it is read. */
export interface FrameFacts {
  readonly kind: 'audio' | 'video';
  /** Of the codec, if the browser tells it. */
  readonly mimeType?: string | undefined;
  readonly isKeyFrame: boolean;
}

/**
 * How many bytes of a frame must stay readable: packetizers and decoders look at them. `null`: of this
 * codec they read more, so its frames cannot be encrypted.
 * Opus: the TOC byte (RFC 6716, section 3.1). VP8: the frame header (RFC 6386, section 9.1). VP9 has all
 * of it in the payload descriptor (RFC 9628).
 */
export function headerBytes({ kind, mimeType, isKeyFrame }: FrameFacts): number | null {
  switch (mimeType?.toLowerCase() ?? (kind === 'audio' ? 'audio/opus' : 'video/vp8')) {
    case 'audio/opus':
      return 1;
    case 'video/vp8':
      return isKeyFrame ? 10 : 3;
    case 'video/vp9':
      return 0;
    default:
      return null;
  }
}

export interface FrameParts {
  /** In the clear, but protected by the tag. */
  readonly header: Uint8Array<ArrayBuffer>;
  readonly encrypted: Uint8Array<ArrayBuffer>;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly keyIndex: number;
}

export function joinFrame({
  header,
  encrypted,
  iv,
  keyIndex,
}: FrameParts): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(header.length + encrypted.length + iv.length + INDEX_BYTES);
  frame.set(header);
  frame.set(encrypted, header.length);
  frame.set(iv, header.length + encrypted.length);
  frame[frame.length - INDEX_BYTES] = keyIndex;
  return frame;
}

/** A frame that was shorter than its header is all header. `null`: it is too short to have been encrypted. */
export function splitFrame(frame: Uint8Array<ArrayBuffer>, header: number): FrameParts | null {
  const end = frame.length - INDEX_BYTES - IV_BYTES;
  if (end < TAG_BYTES) return null;
  const start = Math.min(header, end - TAG_BYTES);
  return {
    header: frame.subarray(0, start),
    encrypted: frame.subarray(start, end),
    iv: frame.subarray(end, end + IV_BYTES),
    keyIndex: frame[frame.length - INDEX_BYTES] ?? 0,
  };
}
