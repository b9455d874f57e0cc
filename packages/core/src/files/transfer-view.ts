/** What is offered, as a frame and as the list shows it. */
import type { Transfer } from '../api/files-api.js';
import type { Peer } from '../state/room-state.js';
import type { FileSource } from './file-source.js';
import { cleanName, cleanPath, cleanType, distinctPaths } from './rules/clean-name.js';
import type { OfferFrame } from './rules/frames.js';

/** What both ends keep to find each other again. */
export type TransferKeys = Pick<OfferFrame, 'id' | 'secret' | 'offer'>;

/** `session`: `null` while they are not here. */
export type OtherPerson = Pick<Peer, 'user' | 'name'> & { readonly session: string | null };

export const describeOffer = (
  keys: TransferKeys,
  source: FileSource,
  isRequested = false,
): OfferFrame => ({
  ...keys,
  type: 'offer',
  kind: source.kind,
  isRequested,
  size: source.size,
  manifestBytes: source.manifestBytes,
  count: source.count,
  name: source.name,
  mime: source.mime,
  sample: source.sample,
});

/** Names are cleaned: they may be a stranger's. */
export function showOffer(
  direction: Transfer['direction'],
  offer: OfferFrame,
  { session, user, name }: OtherPerson,
): Transfer {
  const clean = cleanName(offer.name);
  const paths = distinctPaths(offer.sample.map(({ path }) => cleanPath(path)));
  const size = offer.size - offer.manifestBytes;
  return {
    id: offer.id,
    offer: offer.offer,
    direction,
    session,
    user,
    peerName: name,
    kind: offer.kind,
    name: clean,
    type: cleanType(offer.mime),
    count: offer.count,
    entries:
      offer.kind === 'file'
        ? [{ path: clean, size }]
        : offer.sample.map((entry, at) => ({ path: paths[at] ?? clean, size: entry.size })),
    size,
    bytes: 0,
    progress: 0,
    speed: null,
    secondsLeft: null,
    status: 'offered',
    pausedBy: null,
    problem: null,
    needsFiles: false,
    isTakeable: false,
    isHandled: false,
  };
}
