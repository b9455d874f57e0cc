import { expect } from '@esm-bundle/chai';
import { PERMISSIONS } from '@rtc-elements/protocol';
import { createId, LIMITS, utf8Length } from '@rtc-elements/protocol';

import {
  ADDRESS_HEADER,
  IDENTITY_HEADER,
  noteOf,
  readIdentity,
  writeIdentity,
} from './connection-note.js';

const largest = {
  user: 'u'.repeat(64),
  role: 'listener',
  name: '🧑'.repeat(LIMITS.nameLength),
  can: PERMISSIONS,
} as const;

describe('the note of a connection', () => {
  it('[EN-2] brings an identity from the edge to the room unchanged', () => {
    const plain = { user: 'u', role: null, name: null, can: null } as const;
    const none = { user: 'u', role: 'speaker', name: 'a&b=c+d "é" 🧑', can: [] } as const;
    for (const identity of [plain, none, largest]) {
      const header = writeIdentity(identity);
      expect(header).to.match(/^[\x21-\x7e]+$/);
      expect(readIdentity(header)).to.deep.equal(identity);
    }
    expect(readIdentity(null)).to.equal(null);
  });

  it('[EN-2] stays below 1 KiB, half of what the tightest runtime keeps', () => {
    const address = 'abcd:abcd:abcd:abcd:abcd:abcd:255.255.255.255';
    const headers = new Headers({
      [ADDRESS_HEADER]: address,
      [IDENTITY_HEADER]: writeIdentity(largest),
    });
    const note = { ...noteOf(headers, Date.now()), session: createId() };
    expect(note.identity).to.deep.equal(largest);
    expect(note.address).to.equal(address);
    expect(utf8Length(JSON.stringify(note))).to.be.below(1_024);
    // A name that is all escapes is no longer than one that is all emoji.
    const name = '"'.repeat(LIMITS.nameLength);
    const escaped = { ...note, identity: { ...largest, name } };
    expect(utf8Length(JSON.stringify(escaped))).to.be.below(1_024);
  });
});
