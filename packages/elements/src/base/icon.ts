// Draws lucide icons as inline SVG, node by node, so that it works under Trusted Types.
import { noChange } from 'lit';
import { Directive, directive } from 'lit/directive.js';

/** The drawing of an icon: shapes and their attributes, on 24 by 24. */
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
 * An icon of lucide in a template: `${icon(MicIcon)}`. 20 px, or `--icon-size`; drawn in
 * `currentColor`, hidden from assistive technology: the control around it carries the name.
 */
export const icon = directive(IconDirective);

function shape(tag: string, attributes: IconNode[number][1], children: Element[] = []): Element {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}
