// Changing frozen values with structural sharing: what stays equal stays the same object.

/** Whether two plain JSON-like values say the same. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]))
  );
}

/** `before` with `changes`; `before` itself, and each of its values, where nothing is different. */
export function patch<T extends object>(before: T, changes: Partial<T>): T {
  let after = before;
  for (const key of Object.keys(changes) as (keyof T)[]) {
    const value = changes[key];
    if (isSame(before[key], value)) continue;
    if (after === before) after = { ...before };
    after[key] = value as T[keyof T];
  }
  return after;
}

/** `list` with `change` made to every item; `list` itself when no item became another. */
export function mapShared<T>(list: readonly T[], change: (item: T) => T): readonly T[] {
  const after = list.map(change);
  return after.some((item, index) => item !== list[index]) ? after : list;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
