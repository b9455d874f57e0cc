import { expect } from '@esm-bundle/chai';

import type { SessionRecord } from './room-book.js';
import { awaken } from './wake.js';

const record = (session: string, connection: string, lostAt = 0): SessionRecord => ({
  session,
  user: session,
  name: session,
  role: 'speaker',
  joinedAt: session.charCodeAt(0),
  mood: 'active',
  call: session.charCodeAt(0) - 96,
  media: { microphone: false, camera: false, screen: false },
  hand: false,
  meta: {},
  can: null,
  appointed: false,
  named: false,
  muted: [],
  read: 0,
  connection,
  lostAt,
});
const socket = (id: string, session: string | null) => ({ id, note: { session } });

describe('waking', () => {
  it('[EN-5] keeps connected sessions, gives a grace to the others, and finds stray sockets', () => {
    const records = [record('c', '3', 50), record('b', '2'), record('a', '1')];
    const sockets = [socket('1', 'a'), socket('9', 'b'), socket('8', null), socket('7', 'x')];
    const { book, lost, stray } = awaken(
      { records, counters: { calls: 2 }, absentHosts: [], roles: [] },
      sockets,
      100,
    );
    expect([...book.sessions.keys()]).to.deep.equal(['a', 'b', 'c']);
    expect([...book.sessions.values()].map(({ lostAt }) => lostAt)).to.deep.equal([0, 100, 50]);
    expect(lost.map(({ session }) => session)).to.deep.equal(['b']);
    expect(stray.map(({ id }) => id)).to.deep.equal(['9', '7']);
    expect(book.calls).to.equal(3);
  });
});
