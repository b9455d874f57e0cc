import { expect } from '@esm-bundle/chai';
import { ADDRESS_LIMITS } from '@rtc-elements/protocol';

import { nameUser, TURN_NAME_MS, type TurnName } from './turn-names.js';

const START = 1_795_000_000_000;
const MOST = ADDRESS_LIMITS.turnUserNames - 1;

function nameAll(users: readonly string[], now = START, before: readonly TurnName[] = []) {
  let names = before;
  const given = users.map((user) => {
    const named = nameUser(names, user, now);
    ({ names } = named);
    return named.name;
  });
  return { given, names };
}

const usersOf = (count: number, prefix = 'user'): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}-${index}`);

describe('the user names of an address at a TURN server', () => {
  it('[LI-6] are those of its users, as long as there are few', () => {
    const users = usersOf(MOST);
    expect(nameAll([...users, ...users]).given).to.deep.equal([...users, ...users]);
  });

  it('[LI-6] are at most 15 in an hour beside that of its checks, and nobody goes without', () => {
    const { given, names } = nameAll(usersOf(1_000));
    expect(new Set(given).size).to.equal(MOST);
    expect(names).to.have.length(MOST);
    const counts = given.slice(MOST).map((name) => given.filter((one) => one === name).length);
    expect(Math.max(...counts), 'shared evenly').to.be.below((2 * 1_000) / MOST);
  });

  it('[LI-6] stay the same for a user, whoever comes in between', () => {
    const { names } = nameAll(usersOf(MOST));
    const first = nameUser(names, 'late', START).name;
    const later = nameAll(['user-3', 'other', 'user-1', 'late'], START + 60_000, names);
    expect(later.given.at(-1)).to.equal(first);
    expect(later.given[0]).to.equal('user-3');
  });

  it('[LI-6] are free again an hour after they were last given', () => {
    const { names } = nameAll(usersOf(MOST));
    const kept = nameUser(names, 'user-0', START + 1_000).names;
    expect(nameUser(kept, 'next', START + TURN_NAME_MS - 1).name).not.to.equal('next');
    const after = nameUser(kept, 'next', START + TURN_NAME_MS);
    expect(after.name).to.equal('next');
    expect(after.names.map(({ name }) => name)).to.deep.equal(['next', 'user-0']);
  });
});
