/**
 * Two, three and four people join at once, all in one Chromium on loopback: from the first join until
 * everybody sees everybody, against a bare RTCPeerConnection mesh over a bare `ws` relay in the same
 * pages. `mesh` has six, and what they cost.
 */
import { median } from './support/median.js';
import { leaveAll, MESH_WAYS, type MeshWay, startMeshLab } from './support/mesh-lab.js';

const PEOPLE = [2, 3, 4] as const;
const ROUNDS = 15;

/** Of the bare mesh, as the ratio of medians, with two and with three. */
const BAR = 1.1;
const HELD_TO_BAR = [2, 3];

type Samples = Readonly<Record<MeshWay, readonly number[]>>;

export async function run() {
  const lab = await startMeshLab();
  try {
    const all: { people: number; ratio: number; samples: Samples }[] = [];
    for (const people of PEOPLE) {
      const samples: Record<MeshWay, number[]> = { ours: [], bare: [] };
      const pages = lab.pages.slice(0, people);
      for (let round = 0; round < ROUNDS; round += 1) {
        // Interleaved, so that other load on the machine affects both equally.
        for (const way of round % 2 === 0 ? MESH_WAYS : MESH_WAYS.toReversed()) {
          samples[way].push(await lab.joinAll(way, `storm-${people}-${round}`, pages));
          await leaveAll(pages);
        }
      }
      const ratio = Number((median(samples.ours) / median(samples.bare)).toFixed(3));
      for (const way of MESH_WAYS)
        console.log(`${people} people, ${way}: ${describe(samples[way])}`);
      console.log(`${people} people: ratio ${ratio}`);
      all.push({ people, ratio, samples });
    }
    const held = all.filter(({ people }) => HELD_TO_BAR.includes(people));
    return {
      figure: Object.fromEntries(all.map(({ people, ratio }) => [people, ratio])),
      bar: Object.fromEntries(HELD_TO_BAR.map((people) => [people, BAR])),
      holds: held.every(({ ratio }) => ratio <= BAR),
      samples: all.map(({ people, samples }) => ({ people, ms: samples.ours })),
      baseline: all.map(({ people, samples }) => ({ people, ms: samples.bare })),
    };
  } finally {
    await lab.close();
  }
}

const sorted = (figures: readonly number[]): readonly number[] => figures.toSorted((a, b) => a - b);

function describe(figures: readonly number[]): string {
  const [least = NaN, most = NaN] = [sorted(figures)[0], sorted(figures).at(-1)];
  return `${median(figures).toFixed(0)} ms (${least.toFixed(0)} to ${most.toFixed(0)})`;
}
