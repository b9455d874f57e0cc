// Sets CSS properties of an element through the CSSOM, which a strict `style-src` allows; `style=` it does not.
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

/** In a tag: `<div ${cssProperties({ '--person': colour })}>`. */
export const cssProperties = directive(CssPropertiesDirective);
