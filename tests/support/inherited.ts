/** Which CSS properties inherit in this browser, found by trying all of them. */

/** Values of which at least one is not the initial one, for every property that inherits. */
const VALUES = `
none vertical -moz-none subtract no-overflow inset(3px) auto normal hidden collapse center right end bottom under left inside outside 1px 7px 3 0.5 50% 200%
red bold italic all stable pre anywhere vertical-rl sideways rtl uppercase small-caps wait dark block url("x:y") "x"
7px|9px evenodd middle crispedges pixelated optimizespeed exact manual break-all balance text inert allow-keywords
standard compact square round stroke slashed-zero historical-forms sub full-width condensed "smcp" "wght"|700
cap|alphabetic space-all read-write visual red|blue serif nowrap preserve hide horizontal fixed border-box avoid size
row-reverse column isolate multiply add luminance 1s ease-in allow-discrete reverse dotted underline ellipsis strict
inline clone alpha content inline-size polygon(0|0,|1px|1px,|2px|0) path("M0|0L9|9") 45deg translate(1px) fill-box
trim-both preserve-3d --a no-clip wrap-reverse element local last slice content-box anchors-visible
`
  .trim()
  .split(/\s+/)
  .map((value) => value.replaceAll('|', ' '));

/**
 * Properties of which none of the values above is another than the initial one. None of them inherits; a new one
 * that is missing here gets a value above.
 */
const NOT_TRIED = new RegExp(
  '^(border-|animation-|-webkit-(perspective|transform)-origin-|-webkit-(text-decorations|ruby)-|page-|scroll-|window-|' +
    '(all|buffered-rendering|clip|frame-sizing|overlay|position-try-order|reading-flow|rule-overlap|size|text-fit|' +
    'vector-effect|-moz-(float-edge|force-broken-image-icon))$)',
);

export interface Inherited {
  readonly name: string;
  /** One that is not the initial value. */
  readonly value: string;
}

/** All of them, and those for which it is not known. */
export function inheritedProperties(): {
  readonly inherited: readonly Inherited[];
  readonly unknown: readonly string[];
} {
  const [parent, child, plain] = [0, 1, 2].map(() => document.createElement('div'));
  if (!parent || !child || !plain) throw new Error('no elements');
  parent.append(child);
  document.body.append(parent, plain);
  const inherited: Inherited[] = [];
  const unknown: string[] = [];
  for (const name of longhands()) {
    const read = (element: Element): string => getComputedStyle(element).getPropertyValue(name);
    const initial = read(plain);
    const value = VALUES.find((one) => {
      parent.style.cssText = '';
      parent.style.setProperty(name, one);
      return read(parent) !== initial;
    });
    if (value === undefined) {
      if (!NOT_TRIED.test(name)) unknown.push(name);
      continue;
    }
    const isTaken = read(child) === read(parent);
    child.style.setProperty(name, 'initial');
    // A value such as a width may be the same in both because one is inside the other.
    if (isTaken && read(child) !== read(parent)) inherited.push({ name, value });
    child.style.cssText = '';
  }
  parent.remove();
  plain.remove();
  return { inherited, unknown };
}

/** Those with a name of their own: no shorthand, no second name. */
function longhands(): ReadonlySet<string> {
  const names = new Set<string>(getComputedStyle(document.body));
  for (const key of Object.keys(document.body.style).concat(keysAbove(document.body.style))) {
    const name = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    for (const one of [name, `-${name}`]) if (!one.startsWith('--')) names.add(one);
  }
  const probe = document.createElement('i');
  const found = new Set<string>();
  for (const name of names) {
    probe.style.cssText = '';
    probe.style.setProperty(name, 'inherit');
    const [only] = probe.style;
    if (probe.style.length === 1 && only) found.add(only);
  }
  return found;
}

/** Firefox has a getter for each property, Chromium an own one. */
const keysAbove = (object: object): string[] => {
  const above = Object.getPrototypeOf(object) as object | null;
  return above ? [...Object.keys(above), ...keysAbove(above)] : [];
};
