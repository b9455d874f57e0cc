// Draws lucide icons as inline SVG, node by node, so that it works with Trusted Types.
import { noChange } from 'lit';
import { Directive, directive } from 'lit/directive.js';

/** The shapes of an icon and their attributes, in a view box of 24 by 24. */
export type IconNode = readonly (readonly [
  tag: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
])[];

const SVG = 'http://www.w3.org/2000/svg';

class IconDirective extends Directive {
  #drawn: IconNode | null = null;

  render(node: IconNode): unknown {
    if (node === this.#drawn) return noChange;
    this.#drawn = node;
    const shapes = node.map(([tag, attributes]) => shape(tag, attributes));
    return shape('svg', { viewBox: '0 0 24 24', class: 'icon', 'aria-hidden': 'true' }, shapes);
  }
}

/**
 * Renders an icon of `icons.ts` in a template: `${icon(Mic)}`. It is 20 px, or `--icon-size`, and drawn
 * in `currentColor`. It is hidden from assistive technology: the control around it carries the name.
 */
export const icon = directive(IconDirective);

function shape(tag: string, attributes: IconNode[number][1], children: Element[] = []): Element {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}
