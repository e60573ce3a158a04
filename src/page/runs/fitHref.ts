/** Where the fit of certain runs is: Fit takes the collections that they belong to, and nothing else. */

import type { RunSummary } from '../../formats/runSummary.ts';

export function fitHref(runs: readonly Pick<RunSummary, 'collection'>[]): string {
  const query = new URLSearchParams();
  for (const collection of new Set(runs.map((run) => run.collection))) query.append('from', collection);
  return runs.length === 0 ? '#/fit' : `#/fit?${query}`;
}
