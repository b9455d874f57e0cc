import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';

import { HEARTBEAT, TIMES } from '@rtc-elements/protocol';

import { Edge, forEachHost } from '../support/edge/edge.js';
import { EdgeClient } from '../support/edge/client.js';
import { FreezableClient } from '../support/edge/half-open.js';

const SWEEP_MS = 10_000;

forEachHost(
  'a client that no longer answers',
  (host) => {
    let edge: Edge;
    before(async () => {
      edge = await Edge.start({ host });
    });
    after(() => edge.stop());

    it('[PR-3] is gone from the roster after 44 s, although its socket never closed', async () => {
      const witness = await EdgeClient.join(edge, 'half', 'Witness');
      const frozen = await FreezableClient.join(edge, 'half', 'Frozen');
      // The room heard of it last, at the latest, when we heard that it is in.
      const from = performance.now();
      frozen.freeze();
      const beating = setInterval(() => witness.socket.send(HEARTBEAT), TIMES.heartbeatMs);
      try {
        const { left } = await witness.next(
          'presence',
          (frame) => frame.left !== undefined,
          TIMES.silentMs + SWEEP_MS,
        );
        assert.deepEqual({ ...left?.[0] }, { session: frozen.session, reason: 'lost' });
        console.log(
          `${host}: gone ${Math.round(performance.now() - from)} ms after its last frame`,
        );
      } finally {
        clearInterval(beating);
        await frozen.end();
      }
      await witness.close();
    });
  },
  { together: true },
);
