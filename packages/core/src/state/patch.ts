// Updates frozen values with structural sharing: equal values keep their identity.

/** Whether two plain JSON-like values are deeply equal. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]))
  );
}

/** Returns `before` with `changes`, or `before` itself if nothing differs. Equal values are shared. */
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

/** Returns `list` with `change` applied to every item, or `list` itself if no item changed. */
export function mapShared<T>(list: readonly T[], change: (item: T) => T): readonly T[] {
  const after = list.map(change);
  return after.some((item, index) => item !== list[index]) ? after : list;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
