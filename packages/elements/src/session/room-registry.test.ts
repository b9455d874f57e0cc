import { expect } from '@esm-bundle/chai';

import { acquireRoom, releaseRoom, roomKey } from './room-registry.js';

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
    acquireRoom({ ...request, name: 'Noor' }, holder);
    console.warn = warn;
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
    expect(shared.room).not.to.equal(before);
    releaseRoom(shared, chat);
    releaseRoom(shared, room);
  });

  it('keeps the first token, and does not repeat the other in its warning', () => {
    const warnings: string[] = [];
    const { warn } = console;
    console.warn = (...words: unknown[]) => void warnings.push(words.join(' '));
    const holder = {};
    const shared = acquireRoom({ ...request, token: 'one' }, holder);
    acquireRoom({ ...request, token: 'two' }, holder);
    console.warn = warn;
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
