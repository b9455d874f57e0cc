import { expect } from '@esm-bundle/chai';

import { connectedPair, realClock } from '../../../../../tests/support/link-pair.js';
import { LinkConnection } from './link-connection.js';

const outcomeOf = (task: Promise<unknown>): Promise<string> =>
  task.then(
    () => 'statistics',
    () => 'none',
  );

describe('the statistics of a link', () => {
  it('are not waited for once their connection is closed', async () => {
    const connection = new LinkConnection(
      {
        clock: realClock,
        // What Firefox does with a connection that is being closed: it never answers.
        createPeerConnection: (configuration) =>
          Object.assign(new RTCPeerConnection(configuration), {
            getStats: () => new Promise(() => undefined),
          }),
        configuration: () => ({}),
        outgoing: new Map(),
        startEncoding: () => null,
        frameTransforms: () => null,
        onTurnRefused: () => undefined,
        onTurnGranted: () => undefined,
        createRecovery: () => null,
      },
      true,
      {
        relay: { watch: () => undefined, onCandidate: () => undefined },
        onNegotiationNeeded: () => undefined,
        onCandidate: () => undefined,
        onStateChange: () => undefined,
      },
    );
    const outcome = outcomeOf(connection.getStats());
    connection.close();
    expect(await outcome).to.equal('none');
    expect(await outcomeOf(connection.getStats()), 'nor asked for').to.equal('none');
  });

  it('settle when a link begins anew, and come of the new connection', async () => {
    const { wire, a } = await connectedPair();
    const [link] = [...a.mesh.links.values()].map((peer) => peer.link);
    const asked = Array.from({ length: 20 }, async () => link?.getStats()).map(outcomeOf);
    link?.rebuild();
    await Promise.all(asked);
    expect((await link?.getStats())?.size).to.be.greaterThan(0);
    wire.close();
  });
});
