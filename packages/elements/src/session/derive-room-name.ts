// Derives a room name from the page's URL.

/**
 * The room of a page that names none: the page's path, after its host if the room has another host. Empty for
 * a page without a host, such as `about:srcdoc` or a file, as all of these would share a room or tell a path.
 */
export function deriveRoomName(host: string, page: { host: string; pathname: string }): string {
  if (page.host === '') return '';
  const source = (host ? page.host : '') + page.pathname.replace(/\.html?$/, '');
  const name = source.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^-+|-+$/g, '');
  // Long paths that differ only at the start must not share a room.
  return name.length <= 64 ? name || 'home' : `${name.slice(-54)}-${hash(source).toString(36)}`;
}

/** A 32-bit FNV-1a hash. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}
