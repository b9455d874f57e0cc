/**
 * A file from page to page, verified and stored, against the best bare data channel in the same run, over loopback: ours
 * reads, hashes, verifies and writes, the bare channel counts bytes. Words: MiB, 64 unless told otherwise.
 */
import { launch } from '../tests/support/browsers/launch.js';
import { Site } from '../tests/support/browsers/site.js';
import {
  acceptFirst,
  filesPage,
  makeSource,
  offerSource,
  waitForStatus,
} from '../tests/support/files/files-page.js';
import { connectBare, sendBare } from './support/bare-channel.js';
import { median } from './support/median.js';

const ROUNDS = 5;
const MIB = 1_048_576;

/** Of the throughput of the bare channel. */
const BAR = 0.95;

export async function run(words: readonly string[]) {
  const mebibytes = Number(words[0] ?? 64);
  const site = new Site({ pages: () => ({ '/files': filesPage }) });
  await site.start();
  try {
    const browsers = [await launch('chromium'), await launch('chromium')] as const;
    const ann = await site.open('/files?room=bench&name=Ann', browsers[0]);
    const ben = await site.open('/files?room=bench&name=Ben', browsers[1]);
    await makeSource(ann, 'source.bin', mebibytes * MIB);
    await connectBare(ann, ben);
    await ann.waitForFunction(() =>
      window.room?.getSnapshot().peers.some(({ link }) => link.status === 'connected'),
    );
    const samples: { readonly bare: number; readonly ours: number }[] = [];
    // The first round loads and warms what the others use.
    for (let round = 0; round <= ROUNDS; round += 1) {
      const bare = mebibytes / (await sendBare(ann, ben, mebibytes * MIB));
      await offerSource(ann, 'source.bin', ['Ben']);
      await waitForStatus(ben, 'offered');
      const timed = ben.evaluate(
        () =>
          new Promise<number>((resolve) => {
            const since = performance.now();
            window.room.addEventListener(
              'file-done',
              () => resolve((performance.now() - since) / 1_000),
              { once: true },
            );
          }),
      );
      await acceptFirst(ben);
      const ours = mebibytes / (await timed);
      await waitForStatus(ann, 'done');
      for (const page of [ann, ben])
        await page.evaluate(async () => {
          for (const { id } of window.room.files.getSnapshot()) await window.room.files.discard(id);
        });
      console.log(`${round}: bare ${bare.toFixed(1)}, ours ${ours.toFixed(1)} MiB/s`);
      if (round > 0) samples.push({ bare, ours });
    }
    const [bare, ours] = (['bare', 'ours'] as const).map((way) =>
      median(samples.map((sample) => sample[way])),
    ) as [number, number];
    const figure = Number((ours / bare).toFixed(2));
    return { figure, bar: `>= ${BAR}`, holds: figure >= BAR, samples, baseline: { bare, ours } };
  } finally {
    await site.close();
  }
}
