// Reads what was dropped. What does it is loaded with the first drop.
import { lazyFiles } from '../lazy/lazy-files.js';
import { unreadableYetError } from '../session/requests/drop-errors.js';
import type { DroppedItem } from './dropped-items.js';

/**
 * As `filesIn()` of `dropped-files.ts`.
 * @throws RtcError `file-unreadable`; `part-unavailable`.
 */
export async function readDropped(items: readonly DroppedItem[]): Promise<readonly File[]> {
  const { filesIn } = await lazyFiles.load().catch((cause: unknown) => {
    throw unreadableYetError(cause);
  });
  return filesIn(items);
}
