// Keeps what a picker has chosen.
import type { FileSelection } from '@rtc-elements/core';

/** A list of its own, at once: a picker that is emptied for the next choice empties its list. */
export function copyList(files: FileSelection): FileSelection {
  try {
    return files instanceof FileList ? [...files] : files;
  } catch {
    // What cannot be read is refused where it is used.
    return files;
  }
}
