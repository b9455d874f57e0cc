// The position of the floating tools of a message.
import { expect } from '@esm-bundle/chai';

import { placeFloat } from './place-float.js';

/** A log of 400 px, 100 px below the top of the viewport. */
const log = { top: 100, bottom: 500 };

/** A row of 26 px at this distance from the top of the log. */
const rowAt = (top: number): { top: number; bottom: number } => ({
  top: 100 + top,
  bottom: 126 + top,
});

describe('placeFloat', () => {
  for (const [title, top, floatHeight, isToolbar, expected] of [
    ['puts a toolbar over the upper edge of its message', 200, 34, true, 186],
    ['keeps the toolbar of the first message within the log', 0, 34, true, 4],
    ['puts what is open below its message', 100, 150, false, 130],
    ['puts it above where there is no room below', 350, 150, false, 196],
    ['keeps within the log what fits on neither side', 150, 300, false, 4],
    ['begins at the top of a log that is too small', 10, 500, false, 4],
  ] as const) {
    it(title, () => {
      expect(placeFloat({ log, row: rowAt(top), floatHeight, isToolbar })).to.equal(expected);
    });
  }
});
