/** The elements in the markup of Svelte 5: `import type {} from 'rtc-elements/svelte'` in one file of a project. */
import type { HTMLAttributes } from 'svelte/elements';

import type { ElementTypes, Listeners } from '../dist/element-types.js';

type Props<Type extends ElementTypes[keyof ElementTypes]> = Type['properties'] &
  Omit<Type['attributes'], keyof Type['properties']> &
  Listeners<Type> &
  Omit<HTMLAttributes<Type['element']>, keyof Type['properties'] | keyof Type['attributes']>;

type Elements = { [Tag in keyof ElementTypes]: Props<ElementTypes[Tag]> };

declare module 'svelte/elements' {
  interface SvelteHTMLElements extends Elements {}
}
