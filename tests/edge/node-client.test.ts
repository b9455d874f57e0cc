// Core in Node: what is missing is said at once, by the name of the port that gives it; with a WebSocket, the chat works.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { Edge } from '../support/edge/edge.js';

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** A Node without a global WebSocket, as before version 22; one with it; and the one that people have here. */
const NODES: readonly [title: string, program: string, flags: readonly string[]][] = [
  ['without a WebSocket', process.execPath, ['--no-experimental-websocket']],
  ['with a WebSocket', process.execPath, []],
  ['of this machine', 'node', []],
];

/** Every step ends long before. */
const LIMIT_MS = 30_000;

describe('core in Node', { concurrency: true }, () => {
  let edge: Edge;
  before(async () => {
    edge = await Edge.start();
  });
  after(async () => {
    await edge?.stop();
  });

  for (const [title, program, flags] of NODES) {
    it(`says what to pass, and chats: ${title}`, async () => {
      const words = [at('tests/support/edge/node-client.mjs'), at('packages/core/dist/index.js')];
      const { stdout } = await promisify(execFile)(program, [...flags, ...words, edge.origin], {
        timeout: LIMIT_MS,
      });
      const found = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Record<string, string>;
      const hasSockets = found['sockets'] === 'true';
      if (title !== 'of this machine') assert.equal(hasSockets, flags.length === 0);
      const unsupported = (step: string, what: RegExp): void => {
        assert.match(found[step] ?? '', /^RtcError unsupported: /, step);
        assert.match(found[step] ?? '', what, step);
      };

      if (hasSockets) assert.deepEqual([found['chat'], found['connection']], ['fine', 'connected']);
      else {
        unsupported('chat', /Pass "ports\.WebSocket"/);
        assert.equal(found['connection'], 'idle', 'it does not hang in connecting');
      }
      unsupported('enterCall', /Pass "ports\.createPeerConnection"/);
      unsupported('call', /Pass "ports\.createPeerConnection", or "call: false"/);
      assert.equal(found['callProblem'], 'unsupported');
      unsupported('microphone', /Pass some as "ports\.media"/);
      assert.equal(found['diagnostics'], '"object"');
      const simulated = hasSockets ? /^fine$/ : /^RtcError not-found/;
      assert.match(found['simulate'] ?? '', simulated);
      for (const step of ['leave', 'leaveCall', 'join', 'left', 'lostLeave'])
        assert.equal(found[step], 'fine', step);
      assert.deepEqual([found['send'], found['heard']], ['true', '"hello from Node"']);
      // A refused connection is retried, and ends nothing.
      assert.equal(found['unreachable'], '"host-unreachable"');
      assert.match(found['lostJoin'] ?? '', /^RtcError aborted/);
    });
  }
});
