// Runs axe on an element and fails with the rules it violates.
import 'axe-core/axe.min.js';

import { expect } from '@esm-bundle/chai';
import type { AxeResults, RunOptions } from 'axe-core';

declare global {
  interface Window {
    readonly axe: { run(context: Element, options?: RunOptions): Promise<AxeResults> };
  }
}

/** Fails with the rules that `element` violates, and where. */
export async function expectAccessible(element: Element): Promise<void> {
  await standStill(document);
  // A call has its landmarks from the page around it.
  const { violations } = await window.axe.run(element, { rules: { region: { enabled: false } } });
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.flat().join(' ')} ${node.failureSummary ?? ''}`),
  );
  expect(found.join('\n')).to.equal('');
}

/** Contrast is judged while nothing fades: every animation is put to its middle, or its end. */
async function standStill(root: DocumentOrShadowRoot & ParentNode): Promise<void> {
  // What lies in a size container has no style, and so no animation, before a frame has been drawn.
  await new Promise(requestAnimationFrame);
  for (const animation of root.getAnimations()) {
    const endTime = Number(animation.effect?.getComputedTiming().endTime);
    if (endTime < 1_000) animation.finish();
    else if (Number.isFinite(endTime)) animation.currentTime = endTime / 2;
  }
  for (const { shadowRoot } of root.querySelectorAll('*')) {
    if (shadowRoot) await standStill(shadowRoot);
  }
}
