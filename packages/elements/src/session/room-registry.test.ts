import { expect } from '@esm-bundle/chai';

import { warningsOf } from '../../../../tests/support/console.js';
import { acquireRoom, letGo, releaseRoom, roomKey } from './room-registry.js';

const HOLDERS = [{}, {}] as const;
const request = { host: 'http://localhost:1', room: 'r', name: 'Aisha', call: false } as const;

describe('the registry of rooms', () => {
  it('creates one shared room for all spellings of a host', () => {
    const one = acquireRoom({ ...request, host: 'example.com' }, HOLDERS[0]);
    const two = acquireRoom({ ...request, host: 'https://example.com/' }, HOLDERS[1]);
    expect(one).to.equal(two);
    expect(roomKey({ room: 'r' })).to.equal(roomKey({ room: 'r', host: location.origin }));
    expect(roomKey({ room: 'r' })).not.to.equal(roomKey({ room: 'q' }));
    releaseRoom(one, HOLDERS[0]);
    releaseRoom(one, HOLDERS[1]);
  });

  for (const [one, other] of [
    ['example.com', 'https://example.com/'],
    ['example.com', 'wss://EXAMPLE.com:443'],
    [' example.com/team/ ', 'https://example.com/team'],
    ['localhost:1', 'http://localhost:1'],
    ['[::1]:1', 'ws://[::1]:1'],
    [location.host, location.origin],
  ] as const)
    it(`has one key for "${one}" and "${other}"`, () => {
      expect(roomKey({ room: 'r', host: one })).to.equal(roomKey({ room: 'r', host: other }));
    });

  for (const [one, other] of [
    ['example.com/team-a', 'example.com/team-b'],
    ['example.com', 'example.com/team'],
    ['https://example.com', 'http://example.com'],
    ['example.com', 'example.com:8443'],
    ['example.com', 'www.example.com'],
    ['https://example.com/Team', 'https://example.com/team'],
  ] as const)
    it(`tells "${one}" from "${other}"`, () => {
      expect(roomKey({ room: 'r', host: one })).not.to.equal(roomKey({ room: 'r', host: other }));
    });

  it('leaves the room with the last holder', () => {
    const [first, second] = [{}, {}];
    const shared = acquireRoom(request, first);
    acquireRoom(request, second);
    releaseRoom(shared, first);
    expect(shared.room.getSnapshot().connection).to.equal('idle');
    releaseRoom(shared, second);
    expect(shared.room.getSnapshot().connection).to.equal('closed');
  });

  it('keeps the first name and warns about another', () => {
    const warnings: unknown[] = [];
    const { warn } = console;
    console.warn = (...words: unknown[]) => void warnings.push(words);
    const holder = {};
    const shared = acquireRoom(request, holder);
    const second = {};
    acquireRoom({ ...request, name: 'Noor' }, second);
    console.warn = warn;
    releaseRoom(shared, second);
    expect(shared.options.name).to.equal('Aisha');
    expect(warnings).to.have.lengthOf(1);
    releaseRoom(shared, holder);
  });

  it('applies the options of a room element to the room of a chat', () => {
    const [chat, room] = [{}, {}];
    const shared = acquireRoom(request, chat);
    const before = shared.room;
    expect(acquireRoom({ ...request, call: true, video: false }, room)).to.equal(shared);
    expect(shared.options).to.include({ call: true, video: false, name: 'Aisha' });
    expect(shared.room).to.equal(before);
    releaseRoom(shared, chat);
    releaseRoom(shared, room);
  });

  it('keeps the first token, and does not repeat the other in its warning', () => {
    const warnings: string[] = [];
    const { warn } = console;
    console.warn = (...words: unknown[]) => void warnings.push(words.join(' '));
    const holder = {};
    const shared = acquireRoom({ ...request, token: 'one' }, holder);
    const second = {};
    acquireRoom({ ...request, token: 'two' }, second);
    console.warn = warn;
    releaseRoom(shared, second);
    expect(shared.options.token).to.equal('one');
    expect(warnings).to.have.lengthOf(1);
    expect(warnings[0]).to.contain('token').and.not.contain('two');
    releaseRoom(shared, holder);
  });

  it('keeps the token of a chat when a room element joins it', () => {
    const [chat, room] = [{}, {}];
    const shared = acquireRoom({ ...request, token: 'one' }, chat);
    acquireRoom({ ...request, call: true }, room);
    expect(shared.options).to.include({ call: true, token: 'one' });
    releaseRoom(shared, chat);
    releaseRoom(shared, room);
  });
});

describe('an element that takes the place of another in one task', () => {
  const person = { ...request, name: 'Aisha', token: 'one' };

  for (const [what, next] of [
    ['name', { ...person, name: 'Noor' }],
    ['token', { ...person, token: 'two' }],
    ['provider', { ...person, tokenProvider: () => Promise.resolve('t') }],
  ] as const) {
    it(`begins anew for another ${what}, and the former stay ends`, () => {
      const [old, fresh] = [{}, {}];
      const before = acquireRoom(person, old);
      letGo(before, old);
      const after = acquireRoom(next, fresh);
      expect(after).not.to.equal(before);
      expect(before.room.getSnapshot().connection).to.equal('closed');
      // The release that was due for the former one concerns nobody any more.
      releaseRoom(before, old);
      expect(after.room.getSnapshot().connection).to.equal('idle');
      expect(after.options.name).to.equal(next.name);
      releaseRoom(after, fresh);
    });
  }

  it('goes on for the same person, with what it wants otherwise', () => {
    const [old, fresh] = [{}, {}];
    const before = acquireRoom({ ...person, call: true, video: true }, old);
    letGo(before, old);
    expect(acquireRoom({ ...person, call: true, video: true }, fresh)).to.equal(before);
    releaseRoom(before, old);
    expect(before.room.getSnapshot().connection).to.equal('idle');
    expect(acquireRoom({ ...person, call: true, video: false }, fresh)).to.equal(before);
    expect(before.options.video).to.equal(false);
    releaseRoom(before, fresh);
  });

  it('shares the stay of an element that stays, and warns of another name', async () => {
    const [stays, goes, comes] = [{}, {}, {}];
    const shared = acquireRoom(person, stays);
    acquireRoom(person, goes);
    letGo(shared, goes);
    const said = await warningsOf(() => acquireRoom({ ...person, name: 'Noor' }, comes));
    expect(said).to.have.lengthOf(1);
    expect(shared.options.name).to.equal('Aisha');
    for (const holder of [stays, goes, comes]) releaseRoom(shared, holder);
  });
});

describe('an option that several elements give', () => {
  it('is up to the first one until that goes, and then to the next that gives it', async () => {
    const [first, second] = [{}, {}];
    const shared = acquireRoom(request, first);
    const said = await warningsOf(() => {
      acquireRoom({ ...request, name: 'Noor' }, second);
      acquireRoom({ ...request, name: 'Noor' }, second);
      acquireRoom({ ...request, name: 'Lin Wei' }, first);
    });
    expect([said.length, shared.options.name]).to.deep.equal([1, 'Lin Wei']);
    releaseRoom(shared, first);
    acquireRoom({ ...request, name: 'Ben' }, second);
    expect(shared.options.name).to.equal('Ben');
    releaseRoom(shared, second);
  });
});
