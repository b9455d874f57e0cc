/** Runs axe on what a page shows now, including shadow roots. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { AxeResults } from 'axe-core';
import type { Page } from 'puppeteer-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** One line per serious or critical finding: the rule, what it says, and where. */
export async function findBarriers(page: Page): Promise<readonly string[]> {
  await page.evaluate(source);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(): Promise<AxeResults> } };
    const { violations } = await axe.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, help, nodes }) => {
        const where = nodes.map((node) => `${node.target.join(' ')}: ${node.failureSummary}`);
        return `${id} (${help}): ${where.join(' | ')}`;
      });
  });
}
