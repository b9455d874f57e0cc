// Somebody in a room, everybody who should not get in, and what they were answered.
import assert from 'node:assert/strict';

import { Edge, type EdgeOptions } from './edge.js';
import { EdgeClient } from './client.js';
import { ask, type EdgeRequest } from './request.js';
import { helloOf } from '../house/raw-client.js';
import { SERVER_KEY } from './tokens.js';

/** The room under attack. */
export const ROOM = 'vault';
export const PATH = `/parties/room/${ROOM}`;

/** What each attack was answered, for the table. */
const answers: [string, string][] = [];
export const noteAnswer = (attack: string, answer: string): void => {
  answers.push([attack, answer]);
};

export function printAnswers(): void {
  const width = Math.max(...answers.map(([attack]) => attack.length));
  const lines = answers.map(([attack, answer]) => `${attack.padEnd(width)}  ${answer}`);
  console.log(`\n${'attack'.padEnd(width)}  answer\n${lines.join('\n')}\n`);
}

/** What the people of a room are told for the close codes of its socket. */
const STATUS_OF: Readonly<Record<string, number>> = { 4401: 401, 4403: 403, 4413: 414 };

type Victim = Awaited<ReturnType<typeof EdgeClient.join>>;

/** A deployment, somebody in its room, and how to attack them. */
export class Target {
  readonly edge: Edge;
  readonly victim: Victim;

  private constructor(edge: Edge, victim: Victim) {
    this.edge = edge;
    this.victim = victim;
  }

  static async start({ host, vars }: EdgeOptions, token: string): Promise<Target> {
    const edge = await Edge.start({ ...(host && { host }), vars: { SERVER_KEY, ...vars } });
    const victim = await EdgeClient.join(edge, `${ROOM}?token=${token}`, 'Victim');
    victim.clear();
    return new Target(edge, victim);
  }

  /** With a token, at the socket and at what else of the room is for members: all have to say the same. */
  async tryToken(attack: string, token: string, expected: string): Promise<void> {
    await this.trySocket(attack, `${PATH}?token=${token}`, expected);
    const [code = '', error = ''] = expected.split(' ');
    const status = STATUS_OF[code];
    for (const part of ['people', 'ice']) {
      const byQuery = await ask(this.edge, `${PATH}/${part}?token=${token}`);
      assert.deepEqual([byQuery.status, byQuery.error], [status, error], `${part}, by query`);
      if (token === '' || status === 414) continue;
      const headers = { authorization: `Bearer ${token}` };
      const byHeader = await ask(this.edge, `${PATH}/${part}`, { headers });
      assert.deepEqual([byHeader.status, byHeader.error], [status, error], `${part}, by header`);
    }
  }

  async trySocket(
    attack: string,
    path: string,
    expected: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const client = await EdgeClient.open(this.edge, path, headers);
    // A hello that comes too late to be heard.
    client.send(helloOf('Mallory'));
    const { code, reason } = await client.closed;
    const answer = `${code} ${reason.split(':')[0]}`;
    noteAnswer(attack, answer);
    assert.equal(answer, expected);
    assert.deepEqual(client.heard, []);
    await this.assertUnharmed();
  }

  async tryRequest(
    attack: string,
    path: string,
    expected: string,
    request: EdgeRequest = {},
  ): Promise<void> {
    const { status, error, headers } = await ask(this.edge, path, request);
    noteAnswer(attack, `HTTP ${status} ${error}`);
    assert.equal(`${status} ${error}`, expected);
    assert.equal(headers['access-control-allow-origin'], undefined, 'no page reads it');
    await this.assertUnharmed();
  }

  /** Nobody came, nothing was said, and the victim's socket is where it was. */
  async assertUnharmed(): Promise<void> {
    const headers = { authorization: `Bearer ${SERVER_KEY}` };
    const people = await ask(this.edge, `${PATH}/people`, { headers });
    assert.match(people.body, /^\{"count":1,"names":\["Victim"\],/);
    assert.deepEqual(this.victim.heard, []);
    assert.equal(this.victim.socket.readyState, this.victim.socket.OPEN);
  }

  /** The room serves the victim as before. */
  async assertServing(): Promise<void> {
    await this.victim.say('still here');
    this.victim.clear();
  }

  stop(): Promise<void> {
    return this.edge.stop();
  }
}
