// Sets CSS properties through the CSSOM, which a strict `style-src` allows, unlike a `style` attribute.
import { type ElementPart, noChange } from 'lit';
import { Directive, directive } from 'lit/directive.js';

class CssPropertiesDirective extends Directive {
  render(_properties: Readonly<Record<string, string>>): unknown {
    return noChange;
  }

  override update(part: ElementPart, [properties]: Parameters<this['render']>): unknown {
    const { style } = part.element as HTMLElement;
    for (const [name, value] of Object.entries(properties)) {
      if (style.getPropertyValue(name) !== value) style.setProperty(name, value);
    }
    return noChange;
  }
}

/** Used inside a tag: `<div ${cssProperties({ '--person': colour })}>`. */
export const cssProperties = directive(CssPropertiesDirective);
