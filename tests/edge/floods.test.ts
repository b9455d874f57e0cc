/**
 * Members who make a room send what nobody reads, against a real workerd: its memory stays where it was. Prints one
 * table at the end, with how soon a victim's pings were answered meanwhile.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { forEachHost } from '../support/edge/edge.js';
import { FloodLab, type FloodResult, printFloods } from '../support/edge/flood-lab.js';
import { FLOODS } from '../support/edge/floods.js';

const ATTACK_MS = 4_000;
/** Six backlogs of 1 MiB, with a page each, and what V8 needs to make them. */
const MOST_MIB = 16;

const skip = process.platform !== 'linux' && 'reads /proc';

describe('a room whose members do not read', { skip }, () => {
  forEachHost('its memory', (host) => {
    let lab: FloodLab;
    const results: FloodResult[] = [];
    before(async () => {
      lab = await FloodLab.start(host);
    });
    after(async () => {
      await lab.stop();
      printFloods(host, results);
    });

    for (const flood of FLOODS) {
      it(`[FL-1] [FL-2] [FL-3] [FL-4] does not grow: ${flood.name}`, async () => {
        const result = await lab.run(flood, ATTACK_MS);
        results.push(result);
        const grown = result.duringMiB - result.beforeMiB;
        assert.ok(grown <= MOST_MIB, `grew by ${grown.toFixed(1)} MiB`);
      });
    }
  });
});
