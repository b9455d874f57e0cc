import type { SignalBody } from '@rtc-elements/protocol';
import { expect } from '@esm-bundle/chai';

import { FakeRoomContext } from '../../../../../tests/support/fake-room-context.js';
import { memberEntry } from '../testing/meeting.js';
import type { DataLinksHost } from './data-links-host.js';
import { DataLinks, MOST_DATA_LINKS } from './data-links.js';

function setUp() {
  const room = new FakeRoomContext();
  room.takes.push('data-links');
  const peers = Array.from({ length: MOST_DATA_LINKS + 2 }, (_, at) =>
    memberEntry(`peer-${at}`, 0),
  );
  room.welcome(memberEntry('us', 0), peers);
  const connections: RTCPeerConnection[] = [];
  const sent: { readonly to: string; readonly body: SignalBody }[] = [];
  const host: DataLinksHost = {
    ports: {
      clock: room.clock,
      createPeerConnection: (configuration) => {
        const connection = new RTCPeerConnection(configuration);
        connections.push(connection);
        return connection;
      },
    },
    getSnapshot: room.getSnapshot,
    features: room.features,
    iceServers: () => [],
    ownCallData: () => null,
    probe: () => undefined,
    onPeerData: () => undefined,
    onTurnRefused: () => undefined,
    sendSignal: (to, body) => sent.push({ to, body }) > 0,
  };
  const links = new DataLinks(host, { iceServers: [] });
  const offerOf = (at: number): void =>
    links.receive({
      type: 'signal',
      from: `peer-${at}`,
      epoch: 2,
      n: 0,
      description: { type: 'offer', sdp: 'v=0' },
      link: 'files',
    });
  return { room, links, connections, sent, offerOf };
}

describe('DataLinks', () => {
  it('[DL-3] declines an offer beyond the most links that there may be', () => {
    const { links, connections, sent, offerOf } = setUp();
    for (let at = 0; at <= MOST_DATA_LINKS; at += 1) offerOf(at);
    expect(connections).to.have.length(MOST_DATA_LINKS);
    expect(sent).to.deep.equal([
      {
        to: `peer-${MOST_DATA_LINKS}`,
        body: { epoch: 2, n: 0, decline: true, link: 'files' },
      },
    ]);
    links.close();
  });

  it('has those wait for a place whom it wants beyond that', async () => {
    const { room, links } = setUp();
    const reasons: string[] = [];
    for (let at = 0; at <= MOST_DATA_LINKS; at += 1) {
      void links.want(`peer-${at}`, 'files').then((error) => reasons.push(error?.code ?? 'none'));
    }
    await Promise.resolve();
    links.refuse('peer-0');
    // There is no answer, so the others end when their time is over: the last one a little later.
    while (reasons.length < MOST_DATA_LINKS) await (room.clock.advance(1_000), Promise.resolve());
    expect(reasons[0]).to.equal('unsupported');
    expect(await links.want('peer-0', 'files').then((error) => error?.code)).to.equal(
      'unsupported',
    );
    while (reasons.length <= MOST_DATA_LINKS) await (room.clock.advance(1_000), Promise.resolve());
    expect(new Set(reasons.slice(1))).to.deep.equal(new Set(['peer-unreachable']));
    links.close();
  });

  it('[DL-1] takes no signal of somebody who is not in the roster, and wants none to them', async () => {
    const { links, connections } = setUp();
    links.receive({
      type: 'signal',
      from: 'stranger',
      epoch: 2,
      n: 0,
      description: { type: 'offer', sdp: 'v=0' },
      link: 'files',
    });
    expect((await links.want('stranger', 'files'))?.code).to.equal('not-found');
    expect(connections).to.have.length(0);
    links.close();
  });

  it('[DL-1] wants none in a room that does not take their signals', async () => {
    const { room, links, connections } = setUp();
    room.takes.length = 0;
    expect((await links.want('peer-0', 'files'))?.code).to.equal('peer-unreachable');
    expect(connections).to.have.length(0);
    links.close();
  });
});
