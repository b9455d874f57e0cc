// When a day ends, in time zones that put their clocks forward and back at midnight, near it, and by a whole day.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { bundle, inline } from '../support/browsers/bundle.js';
import { useSite } from '../support/browsers/site.js';

/** Each with years in which its clocks change. */
const ZONES = {
  'Europe/Berlin': 2026,
  'America/New_York': 2026,
  'Australia/Lord_Howe': 2026,
  'Asia/Kathmandu': 2026,
  // Midnight is missing on a day in spring, and comes twice in autumn.
  'America/Sao_Paulo': 2018,
  'America/Havana': 2026,
  'Asia/Beirut': 2021,
  'Atlantic/Azores': 2026,
  'Africa/Cairo': 2026,
  // Has had no 30 December.
  'Pacific/Apia': 2011,
} as const;

const site = useSite({
  pages: async () => ({
    '/clock': `<!doctype html><title>Clock</title>${inline(
      `${await bundle('packages/elements/src/i18n/day-clock.ts')}\nwindow.msToMidnight = msToMidnight;`,
    )}`,
  }),
});

/** Every moment, a quarter of an hour apart, from which the end of the day is not the one the calendar has. */
function findWrong(year: number): readonly string[] {
  const { msToMidnight } = window as unknown as { msToMidnight(at: number): number };
  const day = (at: number): string => new Date(at).toDateString();
  const wrong: string[] = [];
  for (let at = Date.UTC(year, 0, 1); at < Date.UTC(year + 1, 0, 3); at += 15 * 60_000) {
    const end = at + msToMidnight(at);
    const lasts = (end - at) / 3_600_000;
    if (!(lasts > 0 && lasts <= 25) || day(end) === day(at) || day(end - 1) !== day(at))
      wrong.push(`${new Date(at).toString()}: ${lasts} hours`);
  }
  return wrong;
}

describe('the end of a day', () => {
  for (const [zone, year] of Object.entries(ZONES)) {
    it(`is when the calendar of ${zone} turns`, async () => {
      const page = await site.open('/clock');
      await page.emulateTimezone(zone);
      assert.deepEqual(await page.evaluate(findWrong, year), []);
      await page.close();
    });
  }
});
