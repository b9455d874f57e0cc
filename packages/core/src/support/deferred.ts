// A promise and the means to settle it.

export interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (reason: unknown) => void;
}

/** A promise that somebody else will settle. */
export function createDeferred<T>(): Deferred<T> {
  const parts: { resolve?: Deferred<T>['resolve']; reject?: Deferred<T>['reject'] } = {};
  const promise = new Promise<T>((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return { promise, ...(parts as Required<typeof parts>) };
}
