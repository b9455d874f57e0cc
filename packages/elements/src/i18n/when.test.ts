// Days and times in the reader's language.
import { expect } from '@esm-bundle/chai';

import { createWhen } from './when.js';

const at = (year: number, month: number, day: number, hour = 12): number =>
  new Date(year, month - 1, day, hour, 2).getTime();

describe('createWhen', () => {
  const { day, time } = createWhen('en-GB');
  const today = at(2026, 3, 4, 1);

  it('names today and yesterday by calendar days, not by hours', () => {
    expect(day(at(2026, 3, 4, 23), today)).to.equal('Today');
    expect(day(at(2026, 3, 3, 23), today)).to.equal('Yesterday');
  });

  it('names the weekday within the year, and the year otherwise', () => {
    expect(day(at(2026, 3, 2), today)).to.contain('Monday');
    expect(day(at(2025, 3, 2), today)).to.equal('2 March 2025');
  });

  it('counts a day of 23 or 25 hours as one day', () => {
    for (let month = 1; month <= 12; month += 1) {
      for (let date = 2; date <= 28; date += 1) {
        expect(day(at(2026, month, date - 1, 0), at(2026, month, date, 23))).to.equal('Yesterday');
      }
    }
  });

  it('uses the given language, or the browser’s if that is not valid', () => {
    expect(createWhen('de').day(today, today)).to.equal('Heute');
    expect(createWhen('not a language').time(today)).not.to.equal('');
    expect(time(at(2026, 3, 4, 9))).to.equal('09:02');
  });
});
