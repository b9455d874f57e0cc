/**
 * The elements in JSX of React 19 and later: `import type {} from 'rtc-elements/react'` in one file of a project.
 *
 * React sets a property where the element has one of that name, and an attribute otherwise. On the server it can only
 * write attributes: there, names of two words are to be written as attributes, `max-peers` in place of `maxPeers`.
 */
import type { DetailedHTMLProps, HTMLAttributes } from 'react';

import type { ElementTypes, Listeners } from '../dist/element-types.js';

type Props<Type extends ElementTypes[keyof ElementTypes]> = Type['properties'] &
  Omit<Type['attributes'], keyof Type['properties']> &
  Listeners<Type> &
  Omit<
    DetailedHTMLProps<HTMLAttributes<Type['element']>, Type['element']>,
    keyof Type['properties'] | keyof Type['attributes']
  >;

type Elements = { [Tag in keyof ElementTypes]: Props<ElementTypes[Tag]> };

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends Elements {}
  }
}
