/**
 * The elements in JSX of React 17 and 18: `import type {} from 'rtc-elements/react-18'` in one file of a project.
 *
 * These set attributes and nothing else, and write `false` into them: an attribute that is on or off is left out with
 * `undefined`. Properties, events and methods are reached by a `ref`. The class is `class`, not `className`.
 */
import type { ClassAttributes, HTMLAttributes } from 'react';

import type { ElementTypes } from '../dist/element-types.js';

type Props<Type extends ElementTypes[keyof ElementTypes]> = Type['attributes'] &
  ClassAttributes<Type['element']> &
  Omit<HTMLAttributes<Type['element']>, 'className' | keyof Type['attributes']> & {
    class?: string | undefined;
  };

type Elements = { [Tag in keyof ElementTypes]: Props<ElementTypes[Tag]> };

declare global {
  namespace JSX {
    interface IntrinsicElements extends Elements {}
  }
}
