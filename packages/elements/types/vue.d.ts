/**
 * The elements in templates of Vue 3: `import type {} from 'rtc-elements/vue'` in one file of a project.
 *
 * Vue sets a property where the element has one of exactly that name, and an attribute otherwise: bind by the names of
 * the properties, `:maxPeers` and not `:max-peers`.
 */
import type { HTMLAttributes, ReservedProps } from 'vue';

import type { ElementTypes, RtcEventMap } from '../dist/element-types.js';

type InCapitals<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${Capitalize<First>}${InCapitals<Rest>}`
  : Capitalize<Name>;

type Listeners<Type extends ElementTypes[keyof ElementTypes]> = {
  [Name in Type['events'] as `on${InCapitals<Name>}`]?: (
    event: RtcEventMap[Name] & { readonly currentTarget: Type['element'] },
  ) => void;
};

interface Component<Type extends ElementTypes[keyof ElementTypes]> {
  new (): {
    $props: Type['properties'] &
      Listeners<Type> &
      Omit<HTMLAttributes, keyof Type['properties']> &
      ReservedProps & { slot?: string };
    $slots: { default?: (props: object) => unknown };
  };
}

type Elements = { [Tag in keyof ElementTypes]: Component<ElementTypes[Tag]> };

declare module 'vue' {
  interface GlobalComponents extends Elements {}
}
