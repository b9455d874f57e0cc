import type { PageMessage, PeerEntry, ServerMessage } from '@rtc-elements/protocol';
import { expect } from '@esm-bundle/chai';

import { memberEntry } from '../call/testing/meeting.js';
import { PageJoiner } from './page-joiner.js';

const [a, b, c]: readonly PeerEntry[] = ['a', 'b', 'c'].map((session) => memberEntry(session, 1));
const roster = (peers: readonly (PeerEntry | undefined)[], more?: true): ServerMessage =>
  ({ type: 'roster', seq: 7, peers, ...(more && { more }) }) as ServerMessage;
const page = (peers: readonly (PeerEntry | undefined)[], more: boolean): PageMessage =>
  ({ type: 'page', peers, more }) as PageMessage;
const done: ServerMessage = { type: 'done', ref: 'r' };

/** What becomes of each of these. */
const join = (...messages: readonly ServerMessage[]): (ServerMessage | null)[] => {
  const joiner = new PageJoiner();
  return messages.map((message) => joiner.take(message));
};

describe('the pages of a message', () => {
  it('[PG-1] are joined to one message, which does not show that there were any', () => {
    expect(join(roster([a], true), page([b], true), page([c], false), done)).to.deep.equal([
      null,
      null,
      roster([a, b, c]),
      done,
    ]);
  });

  it('[PG-1] let other messages through, such as the answer to a heartbeat', () => {
    expect(join(roster([a], true), { type: 'pong' }, page([b], false))).to.deep.equal([
      null,
      { type: 'pong' },
      roster([a, b]),
    ]);
  });

  it('[PG-1] are dropped where nothing was begun, and after the list is complete', () => {
    expect(join(page([a], false), roster([a]), page([b], false))).to.deep.equal([
      null,
      roster([a]),
      null,
    ]);
  });

  it('[PG-1] of a connection that broke do not count', () => {
    const joiner = new PageJoiner();
    joiner.take(roster([a], true));
    joiner.reset();
    expect(joiner.take(page([b], false))).to.equal(null);
    expect(joiner.take(roster([c]))).to.deep.equal(roster([c]));
  });
});
