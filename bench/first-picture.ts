/**
 * From navigation to the first picture of somebody else, for the second of two people, with nothing
 * in the cache and every packet held back: how long somebody waits after following a link to a call.
 * Ours beside PeerJS and LiveKit's prebuilt page, in one run.
 *
 * `npm run bench -- first-picture [--rows 50,50-tls] [--rounds 5] [--ours <label>=<folder>]`: `--ours`
 * (any number of times) adds another build of ours, by its folder `dist/cdn`. Rows that are left out
 * keep the result they have. Needs the fault lab's networks, python3, OpenSSL and a LiveKit server.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { resolve as resolvePath } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { requireLiveKit } from '../scripts/support/livekit.mjs';
import { PictureLab, type Row, type Way } from './support/picture-lab.js';
import { report, type RowResult, type Sample } from './support/picture-report.js';

const ROWS: readonly Row[] = [
  { id: '25', title: '25 ms', oneWayMs: 25 },
  { id: '50', title: '50 ms', oneWayMs: 50 },
  { id: '50-10m', title: '50 ms, 10 Mbit/s', oneWayMs: 50, kbit: 10_000 },
  { id: '50-1600k', title: '50 ms, 1.6 Mbit/s', oneWayMs: 50, kbit: 1_600 },
  { id: '50-tls', title: '50 ms, HTTP/2 and TLS', oneWayMs: 50, secure: true },
];

const OWN_BUILD = fileURLToPath(new URL('../packages/elements/dist/cdn', import.meta.url));

/**
 * Names of WebRTC that a minifier cannot change, each used by one part of what looks after a call:
 * encodings that are adapted, and quality that is measured. The files that have them are that part.
 */
const BACKGROUND_WORDS = ['degradationPreference', 'packetsLost'];

export async function run(words: readonly string[]) {
  const { values } = parseArgs({
    args: [...words],
    options: {
      rows: { type: 'string' },
      rounds: { type: 'string', default: '5' },
      ours: { type: 'string', multiple: true, default: [] },
    },
  });
  const rows = chooseRows(values.rows);
  const builds = readBuilds(values.ours);
  // The servers' host has no way to the outside, where this may have to be built from.
  await requireLiveKit();
  const results: RowResult[] = [];
  for (const row of rows) {
    const samples = await measure(row, builds, Number(values.rounds));
    results.push({ row: row.id, title: row.title, date: new Date().toISOString(), samples });
  }
  return report(results, ROWS);
}

function chooseRows(ids: string | undefined): readonly Row[] {
  if (ids === undefined) return ROWS;
  return ids.split(',').map((id) => {
    const row = ROWS.find((one) => one.id === id);
    if (!row) throw new Error(`no row ${id}: ${ROWS.map((one) => one.id).join(', ')}`);
    return row;
  });
}

function readBuilds(others: readonly string[]): Readonly<Record<string, string>> {
  const named = others.map((words) => {
    const at = words.indexOf('=');
    if (at < 1) throw new Error(`--ours wants <label>=<folder>, not ${words}`);
    return [words.slice(0, at), resolvePath(words.slice(at + 1))] as const;
  });
  return Object.fromEntries([['ours', OWN_BUILD], ...named]);
}

/** Interleaved, so that other load on the machine affects all equally. */
async function measure(
  row: Row,
  builds: Readonly<Record<string, string>>,
  rounds: number,
): Promise<Readonly<Record<string, readonly Sample[]>>> {
  const ways: readonly Way[] = [
    ...Object.entries(builds).map(([build, folder]) => ({
      name: build,
      path: '/ours',
      build,
      background: BACKGROUND_WORDS.map((word) => filesWith(folder, word)),
    })),
    { name: 'peerjs', path: '/peerjs' },
    { name: 'peerjsNamed', path: '/peerjs-named' },
    { name: 'livekit', path: '/livekit' },
  ];
  const samples: Record<string, Sample[]> = {};
  const lab = await PictureLab.start(row, builds);
  try {
    for (let round = 0; round <= rounds; round += 1) {
      for (const way of round % 2 === 0 ? ways : ways.toReversed()) {
        const sample = await lab.visit(way, `${row.id}-${way.name}-${round}`);
        // The first round warms the servers and the browsers, for all ways.
        if (round > 0) (samples[way.name] ??= []).push(sample);
      }
    }
    return samples;
  } finally {
    await lab.close();
  }
}

const filesWith = (folder: string, word: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.js'))
    .filter((name) => readFileSync(resolvePath(folder, name), 'utf8').includes(word));
