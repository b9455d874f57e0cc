// What the page does once for a notice, however many elements show its room.

/** `system`: a notification of the system. `sound`: the tone. */
type Means = 'system' | 'sound';

const KEY = Symbol.for('rtc-elements.told');

/** On `globalThis`, so that all bundles on a page share it. */
const told = ((globalThis as { [KEY]?: Record<Means, WeakSet<object>> })[KEY] ??= {
  system: new WeakSet(),
  sound: new WeakSet(),
});

/** Calls `tell` unless an element has told of `notice` in this way before. */
export function tellOnce(means: Means, notice: object, tell: () => void): void {
  if (told[means].has(notice)) return;
  told[means].add(notice);
  tell();
}
