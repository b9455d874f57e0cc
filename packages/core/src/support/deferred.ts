// A promise together with the functions that settle it.

export interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (reason: unknown) => void;
}

/** Creates a promise to be settled from outside. */
export function createDeferred<T>(): Deferred<T> {
  const parts: { resolve?: Deferred<T>['resolve']; reject?: Deferred<T>['reject'] } = {};
  const promise = new Promise<T>((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return { promise, ...(parts as Required<typeof parts>) };
}
