// What limits by network address count by (LI-5, LI-6).

/** The longest text that an address can be, as in `::ffff:255.255.255.255` written out. */
const LONGEST = 45;

/**
 * What stands for the network that an address belongs to: an IPv4 address itself, or the first 64 bits of an IPv6
 * address, as one customer has at least that many. An IPv4 address in an IPv6 one (`::ffff:192.0.2.1`) is the former.
 * `null` for anything else: a name, a port, a zone, several addresses.
 */
export function networkOf(text: string): string | null {
  if (text.length > LONGEST) return null;
  const four = bytesOf(text);
  if (four) return four.join('.');
  const groups = groupsOf(text);
  if (!groups) return null;
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped) {
    return groups
      .slice(6)
      .flatMap((group) => [group >> 8, group & 0xff])
      .join('.');
  }
  return groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':');
}

/** The last value of a header: the one that the nearest server has added, whatever a client sent before it. */
export const lastValue = (header: string): string =>
  header.slice(header.lastIndexOf(',') + 1).trim();

/** The four bytes of an IPv4 address. Leading zeros are refused, as some read them as octal. */
function bytesOf(text: string): readonly number[] | null {
  const parts = text.split('.');
  const isRight = (part: string): boolean => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255;
  return parts.length === 4 && parts.every(isRight) ? parts.map(Number) : null;
}

/** The eight groups of an IPv6 address (RFC 4291, section 2.2). */
function groupsOf(text: string): readonly number[] | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const isWhole = halves.length === 1;
  const head = groupsOfHalf(halves[0] ?? '', isWhole);
  const tail = groupsOfHalf(halves[1] ?? '', true);
  if (!head || !tail) return null;
  const missing = 8 - head.length - tail.length;
  if (isWhole) return missing === 0 ? head : null;
  return missing > 0 ? [...head, ...Array<number>(missing).fill(0), ...tail] : null;
}

/** `isEnd`: its last part may be an IPv4 address, which stands for two groups. */
function groupsOfHalf(half: string, isEnd: boolean): readonly number[] | null {
  const groups: number[] = [];
  const parts = half === '' ? [] : half.split(':');
  for (const [index, part] of parts.entries()) {
    const [a = 0, b = 0, c = 0, d = 0] = bytesOf(part) ?? [];
    if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(parseInt(part, 16));
    else if (isEnd && index === parts.length - 1 && bytesOf(part)) {
      groups.push(a * 256 + b, c * 256 + d);
    } else return null;
  }
  return groups;
}
