// Lit's decorators for TypeScript's legacy form alone, which is the one we compile to.
import type { PropertyDeclaration, ReactiveElement } from 'lit';

type Decorator = (proto: ReactiveElement, name: PropertyKey) => void;

/** A reactive property that is also an attribute, unless `options` say otherwise. */
export function property(options?: PropertyDeclaration): Decorator {
  return (proto, name) => {
    (proto.constructor as typeof ReactiveElement).createProperty(name, options);
    // An accessor of ours is wrapped by now, and must not be put back.
    return Object.getOwnPropertyDescriptor(proto, name);
  };
}

/** A reactive property of the element's own; no attribute. */
export const state = (): Decorator => property({ state: true, attribute: false });

/** The first match in the element's shadow root, looked for anew each time. */
export function query(selector: string): Decorator {
  return (): PropertyDescriptor => {
    const get = function (this: ReactiveElement): Element | null {
      return this.renderRoot?.querySelector(selector) ?? null;
    };
    return { get, configurable: true };
  };
}
