/** The elements in JSX of Preact: `import type {} from 'rtc-elements/preact'` in one file of a project. */
import type { ClassAttributes, JSX as PreactJsx } from 'preact';

import type { ElementTypes, Listeners } from '../dist/element-types.js';

/** What every HTML element takes. The versions of Preact have it in different places. */
type Common = Omit<PreactJsx.IntrinsicElements['span'], 'ref'>;

type Props<Type extends ElementTypes[keyof ElementTypes]> = Type['properties'] &
  Omit<Type['attributes'], keyof Type['properties']> &
  Listeners<Type> &
  ClassAttributes<Type['element']> &
  Omit<Common, keyof Type['properties'] | keyof Type['attributes']>;

type Elements = { [Tag in keyof ElementTypes]: Props<ElementTypes[Tag]> };

declare global {
  namespace preact.JSX {
    interface IntrinsicElements extends Elements {}
  }
}
