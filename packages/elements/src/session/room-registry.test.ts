import { expect } from '@esm-bundle/chai';

import { acquireSession, releaseSession, sessionKey } from './room-registry.js';

const HOLDERS = [{}, {}] as const;
const request = { host: 'http://localhost:1', room: 'r', name: 'Aisha', call: false } as const;

describe('sessions', () => {
  it('makes one session for every spelling of a host', () => {
    const one = acquireSession({ ...request, host: 'example.com' }, HOLDERS[0]);
    const two = acquireSession({ ...request, host: 'https://example.com/' }, HOLDERS[1]);
    expect(one).to.equal(two);
    expect(sessionKey({ room: 'r' })).to.equal(sessionKey({ room: 'r', host: location.origin }));
    expect(sessionKey({ room: 'r' })).not.to.equal(sessionKey({ room: 'q' }));
    releaseSession(one, HOLDERS[0]);
    releaseSession(one, HOLDERS[1]);
  });

  it('leaves the room with the last holder', () => {
    const [first, second] = [{}, {}];
    const session = acquireSession(request, first);
    acquireSession(request, second);
    releaseSession(session, first);
    expect(session.room.getSnapshot().connection).to.equal('idle');
    releaseSession(session, second);
    expect(session.room.getSnapshot().connection).to.equal('closed');
  });

  it('keeps the first name and warns about another', () => {
    const warnings: unknown[] = [];
    const { warn } = console;
    console.warn = (...words: unknown[]) => void warnings.push(words);
    const holder = {};
    const session = acquireSession(request, holder);
    acquireSession({ ...request, name: 'Noor' }, holder);
    console.warn = warn;
    expect(session.options.name).to.equal('Aisha');
    expect(warnings).to.have.lengthOf(1);
    releaseSession(session, holder);
  });

  it('gives a chat-only session the wishes of the room element that joins it', () => {
    const [chat, room] = [{}, {}];
    const session = acquireSession(request, chat);
    const before = session.room;
    expect(acquireSession({ ...request, call: true, video: false }, room)).to.equal(session);
    expect(session.options).to.include({ call: true, video: false, name: 'Aisha' });
    expect(session.room).not.to.equal(before);
    releaseSession(session, chat);
    releaseSession(session, room);
  });

  it('keeps the first token, and does not repeat the other in its warning', () => {
    const warnings: string[] = [];
    const { warn } = console;
    console.warn = (...words: unknown[]) => void warnings.push(words.join(' '));
    const holder = {};
    const session = acquireSession({ ...request, token: 'one' }, holder);
    acquireSession({ ...request, token: 'two' }, holder);
    console.warn = warn;
    expect(session.options.token).to.equal('one');
    expect(warnings).to.have.lengthOf(1);
    expect(warnings[0]).to.contain('token').and.not.contain('two');
    releaseSession(session, holder);
  });

  it('keeps the token of a chat when a room element joins it', () => {
    const [chat, room] = [{}, {}];
    const session = acquireSession({ ...request, token: 'one' }, chat);
    acquireSession({ ...request, call: true }, room);
    expect(session.options).to.include({ call: true, token: 'one' });
    releaseSession(session, chat);
    releaseSession(session, room);
  });
});
