/** Calls `task` when somebody looks at the page again, or it is thawed; call the result to stop. */
export function onPageReturn(task: () => void): () => void {
  const page = globalThis.document as Document | undefined;
  const stop = new AbortController();
  const options = { signal: stop.signal };
  const ifShown = (): void => {
    if (page?.visibilityState === 'visible') task();
  };
  page?.addEventListener('visibilitychange', ifShown, options);
  page?.addEventListener('resume', ifShown, options);
  globalThis.addEventListener?.('pageshow', ({ persisted }) => persisted && task(), options);
  return () => stop.abort();
}
