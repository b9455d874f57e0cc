// A list in a template whose rows keep their elements by key. Small: rows rarely change places here.
import { type ChildPart, noChange } from 'lit';
import { Directive, directive, type DirectiveResult } from 'lit/directive.js';
import {
  clearPart,
  insertPart,
  removePart,
  setChildPartValue,
  setCommittedValue,
} from 'lit/directive-helpers.js';

type Each<Item> = (item: Item, index: number) => unknown;

class EachDirective extends Directive {
  #rows: Map<unknown, ChildPart> | null = null;

  render(items: readonly unknown[], _key: Each<unknown>, template: Each<unknown>): unknown {
    return items.map(template);
  }

  override update(
    container: ChildPart,
    [items, keyOf, template]: Parameters<EachDirective['render']>,
  ): unknown {
    // What stood here before is not ours.
    if (!this.#rows) clearPart(container);
    const before = this.#rows ?? new Map<unknown, ChildPart>();
    const rows = (this.#rows = new Map<unknown, ChildPart>());
    const keys = items.map(keyOf);
    const kept = new Set(keys);
    for (const [key, part] of before) {
      if (kept.has(key)) continue;
      removePart(part);
      // The mark at its end would stay.
      (part.endNode as Comment).remove();
    }
    let next: ChildPart | undefined;
    for (let index = items.length - 1; index >= 0; index -= 1) {
      const key = keys[index];
      const part: ChildPart = before.get(key) ?? insertPart(container, next);
      // An element that is moved starts anew, so only what is out of place is.
      if (part.endNode?.nextSibling !== (next ? next.startNode : container.endNode))
        insertPart(container, next, part);
      setChildPartValue(part, template(items[index], index));
      rows.set(key, part);
      next = part;
    }
    setCommittedValue(container, rows);
    return noChange;
  }
}

/** `each(items, keyOf, template)`: one template for each item. Keys must differ. */
export const each = directive(EachDirective) as <Item>(
  items: readonly Item[],
  keyOf: Each<Item>,
  template: Each<Item>,
) => DirectiveResult;
