/** What `first-picture` found, as a table and against its bars. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { median } from './median.js';
import type { PictureTimes } from './picture-page.js';

export interface Sample extends PictureTimes {
  /** When what looks after the call is there, ms from navigation; `null`: not asked. */
  readonly backgroundMs: number | null;
  readonly script: {
    readonly untilSocket: Load;
    readonly untilPicture: Load;
    readonly inAll: Load;
  };
}

/** Scripts that had come by then; KB of 1,000 bytes, as they were sent. */
export interface Load {
  readonly kb: number;
  readonly requests: number;
}

export interface RowResult {
  readonly row: string;
  readonly title: string;
  readonly date: string;
  /** By way. */
  readonly samples: Readonly<Record<string, readonly Sample[]>>;
}

/** Ours to the others, in the same run, in every row. */
const BARS = { toPeerjsNamed: 1, toLivekit: 0.6 };

const RESULTS = fileURLToPath(new URL('../results/first-picture.json', import.meta.url));

/** `order`: all rows there are. Those not measured now are as they were. */
export function report(results: readonly RowResult[], order: readonly { readonly id: string }[]) {
  for (const result of results) printRow(result);
  const all = order.flatMap(({ id }) => {
    const known =
      results.find(({ row }) => row === id) ?? readBefore().find(({ row }) => row === id);
    return known ? [known] : [];
  });
  const rows = all.map((result) => ({ row: result.row, ...ratiosOf(result) }));
  printTable(all);
  const holds = rows.every(
    ({ toPeerjsNamed, toLivekit }) =>
      toPeerjsNamed <= BARS.toPeerjsNamed && toLivekit <= BARS.toLivekit,
  );
  const ours = all.map(({ samples, ...row }) => ({ ...row, samples: samples['ours'] ?? [] }));
  const baseline = all.map(({ row, samples: { ours: _, ...others } }) => ({ row, others }));
  return { figure: rows, bar: BARS, holds, samples: ours, baseline };
}

function readBefore(): readonly RowResult[] {
  if (!existsSync(RESULTS)) return [];
  const { samples, baseline } = JSON.parse(readFileSync(RESULTS, 'utf8')) as {
    samples: readonly (Omit<RowResult, 'samples'> & { samples: readonly Sample[] })[];
    baseline: readonly { row: string; others: RowResult['samples'] }[];
  };
  return samples.map((one) => ({
    ...one,
    samples: { ours: one.samples, ...baseline.find(({ row }) => row === one.row)?.others },
  }));
}

const medianOf = ({ samples }: RowResult, way: string): number =>
  median((samples[way] ?? []).map(({ pictureMs }) => pictureMs));

function ratiosOf(result: RowResult) {
  const to = (way: string): number =>
    Number((medianOf(result, 'ours') / medianOf(result, way)).toFixed(3));
  return {
    toPeerjsNamed: to('peerjsNamed'),
    toPeerjs: to('peerjs'),
    toLivekit: to('livekit'),
  };
}

const words = ({ kb, requests }: Load): string => `${kb.toFixed(1)} KB in ${requests}`;

function printRow(result: RowResult): void {
  console.log(`\n${result.title}`);
  for (const [way, samples] of Object.entries(result.samples)) {
    const times = samples.map(({ pictureMs }) => Math.round(pictureMs)).sort((a, b) => a - b);
    const of = (pick: (sample: Sample) => number | null): string =>
      Math.round(median(samples.map((sample) => pick(sample) ?? NaN))).toString();
    const typical = samples.find(({ pictureMs }) => pictureMs === medianOf(result, way));
    if (!typical) continue;
    const background =
      typical.backgroundMs === null ? '' : `, background ${of((s) => s.backgroundMs)}`;
    const { untilSocket, untilPicture, inAll } = typical.script;
    console.log(
      `  ${way}: picture ${median(times)} ms (${times[0]} to ${times.at(-1)}), ` +
        `socket asked for ${of((s) => s.socketMs)}, camera ${of((s) => s.cameraMs)}${background}; ` +
        `script until the socket ${words(untilSocket)}, until the picture ${words(untilPicture)}, ` +
        `in all ${words(inAll)}`,
    );
  }
}

/** Markdown, as in RESULTS.md. */
function printTable(all: readonly RowResult[]): void {
  const ways = [...new Set(all.flatMap(({ samples }) => Object.keys(samples)))];
  const head = ['each way, down', ...ways, 'to PeerJS with an id', 'to PeerJS', 'to LiveKit'];
  const rows = all.map((result) => {
    const { toPeerjsNamed, toPeerjs, toLivekit } = ratiosOf(result);
    const times = ways.map((way) => Math.round(medianOf(result, way)).toLocaleString('en'));
    const ratios = [toPeerjsNamed, toPeerjs, toLivekit].map((ratio) => ratio.toFixed(2));
    return [result.title, ...times, ...ratios];
  });
  console.log('');
  for (const row of [head, head.map(() => '---'), ...rows]) console.log(`| ${row.join(' | ')} |`);
}
