// The configuration of coturn in the guide, run as the page says it: a full call by relay alone.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';

import { LIMITS } from '@rtc-elements/protocol';
import type { Page } from 'puppeteer-core';

import type { RoomWindow } from '../support/browsers/hands.js';
import { until } from '../support/browsers/launch.js';
import { FaultLab } from '../support/faults/lab.js';
import type { FaultHost, FaultNet } from '../support/faults/net.js';
import { TURN_SECRET } from '../support/faults/server.js';
import { errorsOf, installTold } from '../support/faults/told.js';
import { snippet, substitute, tableOf } from '../support/guide.js';
import { Coturn } from '../support/servers/coturn.js';

/** As many as may be in one call. */
const PEOPLE = LIMITS.meshMembers;
/** For each person who comes, on a machine of two cores. */
const REACH_MS = 60_000;

/** For the public address of the guide: of the range for benchmarks, which nobody has (RFC 2544). */
const PUBLIC = '198.18.0.1';
/** Of the host after the servers' and the two with browsers. */
const PRIVATE = '10.77.4.2';

const folder = mkdtempSync(join(tmpdir(), 'rtc-guide-'));
const cert = join(folder, 'cert.pem');
const pkey = join(folder, 'key.pem');
after(() => rmSync(folder, { recursive: true, force: true }));

/** coturn on a host of its own behind a NAT, with what the guide says in its place. */
interface Trial {
  readonly coturn: Coturn;
  readonly lab: FaultLab;
}

async function startCoturn(host: FaultHost, conf: string): Promise<Coturn> {
  // Its log says who was given a relay; that changes nothing else.
  const coturn = new Coturn({ netns: host.netns, conf, words: ['--verbose'] });
  const words = ['netns', 'exec', host.netns, 'ss', '-Hltn', 'sport = 3478'];
  await coturn.untilReady(async () => execFileSync('ip', words, { encoding: 'utf8' }) !== '');
  return coturn;
}

interface TrialOptions {
  readonly conf: string;
  readonly urls: string;
  /** What happens to the network once the server is in it. */
  readonly prepare?: (net: FaultNet, host: FaultHost) => void;
}

async function begin({ conf, urls, prepare }: TrialOptions): Promise<Trial> {
  let coturn: Coturn | null = null;
  const lab = await FaultLab.start({
    browsers: ['chromium', 'firefox'],
    turns: 0,
    vars: { TURN_PROVIDER: 'coturn', TURN_URLS: urls, TURN_SECRET },
    prepare: async (net) => {
      const host = net.addHost('turn');
      assert.equal(host.address, PRIVATE);
      prepare?.(net, host);
      coturn = await startCoturn(host, conf);
    },
  });
  if (!coturn) throw new Error('coturn was not started');
  return { coturn, lab };
}

/** Resolves once the page has a link by relay to each of so many others, and no problem with relays. */
const untilReaches = (page: Page, others: number): Promise<void> =>
  until(
    page,
    `links by relay to ${others} others`,
    async (count: number) => {
      const [room] = window.probe.find('rtc-room') as RoomWindow[];
      const state = room?.client?.getSnapshot();
      const links = window.probe.connections.filter((pc) => pc.connectionState === 'connected');
      const reached = state?.peers.filter(({ link }) => link.status === 'connected') ?? [];
      if (reached.length !== count || links.length !== count || state?.relayProblem) return false;
      for (const link of links) {
        const stats = [...(await window.probe.readStats(link)).values()];
        const local = stats.filter(({ type }) => type === 'local-candidate');
        if (local.some(({ candidateType }) => candidateType !== 'relay')) return false;
      }
      return true;
    },
    [others],
    REACH_MS,
  );

/** For a page: whether its only connection sends to a relay without using one of its own. */
async function isOwnPathDirect(): Promise<boolean> {
  const link = window.probe.connections.find((pc) => pc.connectionState === 'connected');
  const report = link && (await window.probe.readStats(link));
  const entries = [...(report?.values() ?? [])];
  const { selectedCandidatePairId } = entries.find(({ type }) => type === 'transport') ?? {};
  const pair = report?.get(selectedCandidatePairId);
  const own = report?.get(pair?.localCandidateId);
  return own !== undefined && own.candidateType !== 'relay';
}

/** The addresses of the relays that the page has told to others. */
const relayAddresses = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const link = window.probe.connections.find((pc) => pc.connectionState === 'connected');
    const relays = (link?.localDescription?.sdp ?? '').matchAll(/ (\S+) \d+ typ relay/g);
    return [...new Set([...relays].map(([, address = '']) => address))];
  });

/** What each link of the page has come to, and what the person was told. */
const describeLinks = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const [room] = window.probe.find('rtc-room') as RoomWindow[];
    const state = room?.client?.getSnapshot();
    const links = window.probe.connections.filter((pc) => pc.connectionState !== 'closed');
    const stats = await Promise.all(links.map((link) => window.probe.readStats(link)));
    return JSON.stringify({
      statuses: state?.peers.map(({ link }) => link.status),
      relayProblem: state?.relayProblem?.code,
      errors: window.whatWasTold.errors,
      links: links.map((link, at) => {
        const entries = [...(stats[at]?.values() ?? [])];
        const candidates = entries.filter(({ type }) => type === 'local-candidate');
        const kinds = candidates.map((one) => `${one.candidateType} ${one.relayProtocol}`);
        return `${link.connectionState} ${kinds.join(', ')}`;
      }),
    });
  });

/** The most relays that each user held at once, by coturn's log. */
function relaysByUser(log: string): readonly number[] {
  const held = new Map<string, Set<string>>();
  const most = new Map<string, number>();
  for (const line of log.split('\n')) {
    const [, session = '', user = ''] = /session (\d+).*user <(?:\d+:)?([^>]+)>/.exec(line) ?? [];
    if (!session) continue;
    const mine = held.get(user) ?? new Set();
    held.set(user, mine);
    if (/ALLOCATE processed, success/.test(line)) mine.add(session);
    else if (/closed/.test(line)) mine.delete(session);
    most.set(user, Math.max(most.get(user) ?? 0, mine.size));
  }
  return [...most.values()].sort((a, b) => b - a);
}

/**
 * Eight people by relay, every other one with Firefox; resolves with the most relays of each. Nobody speaks: 56 voices
 * at once are more than two cores can encode, and need no relay more.
 */
async function callOfEight({ lab, coturn }: Trial): Promise<readonly number[]> {
  const pages: Page[] = [];
  const reach = (page: Page, at: number, others: number): Promise<void> =>
    untilReaches(page, others).catch(async (cause: unknown) => {
      throw new Error(`person ${at}: ${await describeLinks(page)}`, { cause });
    });
  const attributes = { room: 'eight', privacy: 'relay', audio: 'off', video: 'off' };
  for (let at = 0; at < PEOPLE; at += 1) {
    const more = { ...attributes, name: `Person ${at}` };
    const page = await lab.enter((at % 2) as 0 | 1, more, installTold);
    pages.push(page);
    await reach(page, at, at);
  }
  await Promise.all(pages.map((page, at) => reach(page, at, PEOPLE - 1)));
  for (const page of pages) assert.deepEqual(await errorsOf(page), []);
  return relaysByUser(coturn.log);
}

describe('coturn as the guide configures it', () => {
  let trial: Trial;
  const secret = { '<the same secret>': TURN_SECRET };
  before(() => {
    const words = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2'];
    const subject = ['-subj', '/CN=turn.example.com', '-out', cert, '-keyout', pkey];
    execFileSync('openssl', [...words, ...subject], { stdio: 'ignore' });
  });
  afterEach(async () => {
    await trial?.coturn.kill();
    await trial?.lab.close();
  });

  /** The server that the guide is about, with the addresses of the lab. */
  const publicTrial = (): TrialOptions => {
    const conf = substitute(snippet('turn', 'coturn', 'text'), {
      ...secret,
      '203.0.113.7': PUBLIC,
      '10.0.0.5': PRIVATE,
      '/etc/letsencrypt/live/turn.example.com/fullchain.pem': cert,
      '/etc/letsencrypt/live/turn.example.com/privkey.pem': pkey,
    });
    const { vars } = JSON.parse(snippet('turn', 'coturn', 'jsonc').replace(/,(\s*[}\]])/g, '$1'));
    const urls = substitute(vars.TURN_URLS, { 'turn.example.com': PUBLIC });
    return { conf, urls, prepare: letIn };
  };

  /** Gives the server its public address, and lets in what the table of the guide says. */
  const letIn = (net: FaultNet, host: FaultHost): void => {
    const open = (wanted: string): string =>
      tableOf('turn', 'coturn')
        .filter(([protocol]) => protocol === wanted)
        .map(([, ports]) => ports)
        .join(', ');
    net.publish(host, PUBLIC);
    // As on the internet: to everybody else, the server has only its public address.
    net.drop(`ct original ip daddr ${host.address}`);
    const to = `ip daddr ${host.address} ct state new`;
    net.drop(`${to} udp dport != { ${open('UDP')} }`, `${to} tcp dport != { ${open('TCP')} }`);
  };

  it('carries a call of eight through the ports of its table, and through no others', async () => {
    const options = publicTrial();
    trial = await begin(options);
    const relays = await callOfEight(trial);
    console.log(`relays of each person in a call of eight, three addresses: ${relays.join(' ')}`);
    const quota = Number(/^user-quota=(\d+)$/m.exec(options.conf)?.[1]);
    assert.ok(relays.every((count) => count >= 2 * (PEOPLE - 1) && count <= quota / 2));
  });

  it('is reached at its relays by somebody who needs none, through the ports of the table', async () => {
    trial = await begin(publicTrial());
    const { lab } = trial;
    // Somebody behind a NAT of their own, to whose private address nothing may be relayed.
    lab.net.publish(lab.hosts[0], '198.18.0.2');
    const attributes = { room: 'open', video: 'off' };
    const open = await lab.enter(0, attributes, installTold);
    const relayed = await lab.enter(1, { ...attributes, privacy: 'relay' }, installTold);
    await until(open, 'a path that is not a relay of their own', isOwnPathDirect, [], REACH_MS);
    await untilReaches(relayed, 1);
    // Some NATs hide that they are others: the relay's first packet tells the address, too.
    assert.deepEqual(await relayAddresses(relayed), [PUBLIC]);
    assert.deepEqual([await errorsOf(open), await errorsOf(relayed)], [[], []]);
  });

  it('carries a call of eight in a local network, by the configuration for a trial', async () => {
    const heading = 'A trial in a local network';
    const conf = substitute(snippet('turn', heading, 'text'), secret);
    const lines = substitute(snippet('turn', heading, 'sh'), {
      ...secret,
      '192.168.1.10': PRIVATE,
    });
    const urls = /^TURN_URLS=(.*)$/m.exec(lines)?.[1] ?? '';
    trial = await begin({ conf, urls });
    const relays = await callOfEight(trial);
    console.log(`relays of each person in a call of eight, two addresses: ${relays.join(' ')}`);
    const quota = Number(/^user-quota=(\d+)$/m.exec(conf)?.[1]);
    assert.ok(relays.every((count) => count >= PEOPLE - 1 && count <= quota / 2));
  });
});
