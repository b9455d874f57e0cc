import { expect } from '@esm-bundle/chai';

import { RtcError } from '../state/errors.js';
import { completeOptions, type RoomOptions, roomUrl } from './options.js';

const urlOf = (host: string | undefined, room = 'r'): string =>
  completeOptions({ room, name: 'Ann', ...(host !== undefined && { host }) }).url;

const codeOf = (options: Partial<RoomOptions>): string => {
  try {
    completeOptions({ host: 'example.com', room: 'r', name: 'Ann', ...options });
  } catch (error) {
    return error instanceof RtcError ? error.code : 'no RtcError';
  }
  return 'fine';
};

describe('completeOptions', () => {
  const page = `ws://${location.host}/parties/room/r`;
  for (const [host, url] of [
    [undefined, page],
    [location.origin, page],
    [location.host, page],
    ['example.com', 'wss://example.com/parties/room/r'],
    ['example.com:8443', 'wss://example.com:8443/parties/room/r'],
    [' example.com ', 'wss://example.com/parties/room/r'],
    ['localhost:8787', 'ws://localhost:8787/parties/room/r'],
    ['a.localhost:8787', 'ws://a.localhost:8787/parties/room/r'],
    ['127.0.0.1:8787', 'ws://127.0.0.1:8787/parties/room/r'],
    ['[::1]:8787', 'ws://[::1]:8787/parties/room/r'],
    ['http://example.com', 'ws://example.com/parties/room/r'],
    ['https://localhost:8787/', 'wss://localhost:8787/parties/room/r'],
    ['wss://example.com/rtc/', 'wss://example.com/rtc/parties/room/r'],
    ['notlocalhost', 'wss://notlocalhost/parties/room/r'],
  ] as const) {
    it(`[EN-1] takes ${host ?? 'the absence of a host'} for ${url}`, () => {
      expect(urlOf(host)).to.equal(url);
    });
  }

  it('names what is wrong with a host', () => {
    for (const host of [
      '',
      ' ',
      'a b',
      'ftp://a',
      'null://',
      'http://',
      'a.com?x',
      'a.com/#x',
      'me@a.com',
    ]) {
      expect(codeOf({ host }), host).to.equal('bad-host');
    }
  });

  it('asks for a host where the page has none', () => {
    for (const protocol of ['about:', 'file:', 'data:']) {
      const page = { origin: 'null', protocol, host: '' };
      expect(() => roomUrl(undefined, 'r', page), protocol).to.throw(RtcError, 'Give the host');
      expect(roomUrl('edge.example', 'r', page)).to.equal('wss://edge.example/parties/room/r');
    }
  });

  it('[EN-1] names what is wrong with a room', () => {
    for (const room of ['', 'a b', 'a/b', 'a%2Fb', '..', 'ä', 'x'.repeat(65)]) {
      expect(codeOf({ room }), room).to.equal('bad-room-name');
    }
    expect(codeOf({ room: '__proto__' }), 'an odd name, and an allowed one').to.equal('fine');
  });

  it('names what is wrong with a name, and leaves an empty one to join()', () => {
    for (const name of ['a\nb', 'x'.repeat(65), 'a\u202Eb']) {
      expect(codeOf({ name }), name).to.equal('bad-name');
    }
    expect(codeOf({ name: '' })).to.equal('fine');
    expect(codeOf({ name: '👋'.repeat(64) })).to.equal('fine');
  });

  it('[PR-1] refuses metadata that does not fit into a roster entry', () => {
    expect(codeOf({ meta: { text: 'x'.repeat(600) } })).to.equal('protocol');
    const cyclic: Record<string, unknown> = {};
    cyclic['self'] = cyclic;
    for (const value of [{ x: 1 }, [1], undefined, 1n, () => 1, cyclic])
      expect(codeOf({ meta: { value } as never }), typeof value).to.equal('protocol');
    expect(codeOf({ meta: { '': 1 } })).to.equal('protocol');
    expect(codeOf({ meta: { x: 0.5, y: null, z: false, text: '' } })).to.equal('fine');
  });

  it('fills in the options that the caller omitted', () => {
    const options = completeOptions({ host: 'example.com', room: 'r', name: ' Ann ' });
    expect(options).to.deep.equal({
      room: 'r',
      name: 'Ann',
      url: 'wss://example.com/parties/room/r',
      audio: true,
      video: true,
      call: true,
      iceServers: [],
      meta: {},
    });
  });
});
