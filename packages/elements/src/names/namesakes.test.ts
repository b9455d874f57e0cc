import { expect } from '@esm-bundle/chai';
import fc from 'fast-check';

import { labelOf } from './label-of.js';
import { caselessLookOf, lookOf } from './looks.js';
import { type Named, Namesakes } from './namesakes.js';

const named = (user: string, name: string, at = 0): Named => ({ user, name, at });

const labelsOf = (namesakes: Namesakes, people: readonly Named[]): string[] =>
  people.map(({ user, name }) => labelOf(name, namesakes.numberOf(user, name)));

describe('namesakes', () => {
  it('mark the second person whose name looks the same, whoever is listed first', () => {
    const people = [named('u2', 'АNN', 2), named('u1', 'Ann', 1), named('u3', 'Ben', 3)];
    const namesakes = new Namesakes();
    namesakes.take(people);
    expect(labelsOf(namesakes, people)).to.deep.equal(['АNN (2)', 'Ann', 'Ben']);
  });

  it('do not mark one person in two tabs, or under a name that they had before', () => {
    const namesakes = new Namesakes();
    const people = [named('u1', 'Ann', 1), named('u1', 'Ann', 9), named('u1', 'ann', 10)];
    namesakes.take(people);
    expect(labelsOf(namesakes, people)).to.deep.equal(['Ann', 'Ann', 'ann']);
  });

  it('keep a name for somebody who has left', () => {
    const namesakes = new Namesakes();
    namesakes.take([named('u1', 'Ann', 1)]);
    const later = [named('u2', 'Ann', 2)];
    namesakes.take(later);
    expect(labelsOf(namesakes, later)).to.deep.equal(['Ann (2)']);
    const back = [named('u2', 'Ann', 2), named('u1', 'Ann', 3)];
    namesakes.take(back);
    expect(labelsOf(namesakes, back)).to.deep.equal(['Ann (2)', 'Ann']);
  });

  it('cannot be outdone by a name that looks like a mark', () => {
    const namesakes = new Namesakes();
    const people = [
      named('u1', 'Ann', 1),
      named('u2', 'Ann (2)', 2),
      named('u3', 'Ann', 3),
      named('u4', 'Ann (3)', 4),
    ];
    namesakes.take(people);
    expect(labelsOf(namesakes, people)).to.deep.equal(['Ann', 'Ann (2)', 'Ann (3)', 'Ann (3) (2)']);
  });

  it('forget those who are gone when thousands have been there', () => {
    const namesakes = new Namesakes();
    const ann = named('u1', 'Ann', 1);
    namesakes.take([ann]);
    for (let index = 0; index < 3_000; index += 1) {
      namesakes.take([ann, named('flood', `x${index}`, 2)]);
    }
    const people = [ann, named('u2', 'Ann', 3)];
    namesakes.take(people);
    expect(labelsOf(namesakes, people)).to.deep.equal(['Ann', 'Ann (2)']);
  });

  it('give no two people labels that look the same, and never change one', () => {
    const name = fc.oneof(
      fc.constantFrom('Ann', 'ANN', 'Аnn', 'Ann (2)', 'Ann (3)', 'Ian', 'lan', 'IAN', 'Ian\u200B'),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 4 }),
    );
    const person = fc.record({ user: fc.constantFrom('a', 'b', 'c', 'd'), name, at: fc.nat(9) });
    const arrivals = fc.array(fc.array(person, { maxLength: 5 }), { maxLength: 6 });
    fc.assert(
      fc.property(arrivals, (rounds) => {
        const namesakes = new Namesakes();
        const seen = new Map<string, number>();
        for (const people of rounds) {
          namesakes.take(people);
          for (const { user, name: called } of people) {
            const key = `${user} ${called}`;
            const number = namesakes.numberOf(user, called);
            expect(number).to.equal(seen.get(key) ?? number);
            seen.set(key, number);
          }
        }
        const owners = new Map<string, string>();
        for (const { user, name: called } of rounds.flat()) {
          const label = labelOf(called, namesakes.numberOf(user, called));
          for (const look of [lookOf(label), caselessLookOf(label)]) {
            expect(owners.get(look) ?? user, label).to.equal(user);
            owners.set(look, user);
          }
        }
      }),
      { seed: Date.now() & 0x7fffffff, numRuns: 500 },
    );
  });
});
