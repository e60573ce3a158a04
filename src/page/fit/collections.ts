/** Runs of the library as sources of a fit, one for each collection. A run is a value, so it is read once, however often others come. */

import type { RunSummary } from '../../formats/runSummary.ts';
import { type ReadSummary, readRunSummaries, readRunSummary } from '../../formats/runs/summaries.ts';
import type { FitSource } from './selection.ts';

type Known = { readonly of: readonly RunSummary[]; readonly source: FitSource };

export class Collections {
  readonly #read = new WeakMap<RunSummary, ReadSummary>();
  #known: ReadonlyMap<string, Known> = new Map();

  /** What has not changed is the same object as before. */
  sourcesOf(runs: readonly RunSummary[]): FitSource[] {
    const collections = new Map<string, RunSummary[]>();
    for (const run of runs) {
      const known = collections.get(run.collection);
      if (known) known.push(run);
      else collections.set(run.collection, [run]);
    }
    this.#known = new Map(
      [...collections].map(([title, of]) => [title, this.#unchanged(title, of) ?? this.#made(title, of)]),
    );
    return [...this.#known.values()].map(({ source }) => source);
  }

  #unchanged(title: string, now: readonly RunSummary[]): Known | undefined {
    const known = this.#known.get(title);
    return known?.of.length === now.length && now.every((run, index) => run === known.of[index])
      ? known
      : undefined;
  }

  #made(title: string, of: readonly RunSummary[]): Known {
    const read = (run: RunSummary) => {
      const found = this.#read.get(run) ?? readRunSummary(run);
      this.#read.set(run, found);
      return found;
    };
    const runs = readRunSummaries(of, { read });
    return { of, source: { key: `runs:${title}`, title, kind: of[0]?.origin ?? 'own', runs } };
  }
}
