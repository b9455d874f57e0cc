import { expect } from '@esm-bundle/chai';

import { checkRoute, findRoute } from './routes.js';

const answer = (method: string, path: string, isSocket = false): string => {
  const { room, route } = findRoute(path, isSocket);
  const unfit = checkRoute(room, route, method);
  return unfit ? `${unfit.status} ${unfit.headers?.['allow'] ?? unfit.error}` : `ok ${route?.path}`;
};

describe('routes of a room', () => {
  for (const [method, path, expected] of [
    ['GET', '/parties/room/x/people', 'ok people'],
    ['HEAD', '/parties/room/x/people', 'ok people'],
    ['OPTIONS', '/parties/room/x/people', 'ok people'],
    ['POST', '/parties/room/x/people', '405 GET, HEAD'],
    ['GET', '/parties/room/x/ice', 'ok ice'],
    ['OPTIONS', '/parties/room/x/ice', 'ok ice'],
    ['HEAD', '/parties/room/x/ice', '405 GET'],
    ['POST', '/parties/room/x/notify', 'ok notify'],
    ['GET', '/parties/room/x/notify', '405 POST'],
    ['OPTIONS', '/parties/room/x/notify', '405 POST'],
    ['GET', '/parties/room/x/status', 'ok status'],
    ['DELETE', '/parties/room/x/status', '405 GET, HEAD'],
    ['GET', '/parties/room/x/chat', 'ok chat'],
    ['DELETE', '/parties/room/x', 'ok '],
    ['POST', '/parties/room/x', '405 DELETE'],
    ['GET', '/parties/room/x', '404 not-found'],
    ['DELETE', '/parties/room/x/', '404 not-found'],
    ['GET', '/parties/room/x/people/', '404 not-found'],
    ['GET', '/parties/room/x/socket', '404 not-found'],
    ['GET', '/parties/room/x/__proto__', '404 not-found'],
    ['GET', '/parties/room/__proto__/people', 'ok people'],
    ['GET', '/parties/room/a%2Fb/people', '404 room-name'],
    ['GET', '/parties/rooms/x/people', '404 room-name'],
  ] as const) {
    it(`[EN-1] ${method} ${path}: ${expected}`, () => {
      expect(answer(method, path)).to.equal(expected);
    });
  }

  it('[EN-1] have one WebSocket, at the room itself', () => {
    expect(answer('GET', '/parties/room/x', true)).to.equal('ok socket');
    expect(answer('GET', '/parties/room/x/people', true)).to.equal('404 not-found');
    expect(answer('POST', '/parties/room/x', true)).to.equal('405 GET');
  });
});
