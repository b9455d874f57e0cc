/** One entry of a stats report, from any browser. */
export type Stat = Readonly<Record<string, unknown>> & { readonly type: string };

/** The candidate pair in use. Firefox marks it; Chromium names it in the transport. */
export const selectedPair = (report: RTCStatsReport): Stat | null => {
  let marked: Stat | null = null;
  let named: Stat | null = null;
  report.forEach((stat: Stat) => {
    if (stat['selected'] === true) marked = stat;
    const id = stat['selectedCandidatePairId'];
    if (typeof id === 'string') named = (report.get(id) as Stat | undefined) ?? null;
  });
  return named ?? marked;
};
