/** What a plan comes to, as the page hears of it. */

import { parseCorpusSpec } from '../../formats/corpusSpec.ts';
import type { ManifestRun } from '../../formats/manifest.ts';
import { RUN_KINDS } from '../../formats/record.ts';
import type { SweepDesign } from '../../formats/sweepDesignFields.ts';
import { manifestRuns } from '../../sweep/design/lines.ts';
import { dropReasons, type SweepPlan } from '../../sweep/design/planSweep.ts';
import type { Savings } from '../../sweep/design/savings.ts';
import { cutTasks } from '../../sweep/run/tasks.ts';
import type { KindFacts, ManifestFacts, PlanFacts, RunFacts } from '../api/sweep.ts';

/** Runs that are told one by one; a table of more is nobody's to read. */
const SHOWN = 500;

export function manifestFacts(text: string, runs: readonly ManifestRun[]): ManifestFacts {
  const specs = new Set(
    runs.flatMap(({ config: { corpora } }) => [
      corpora.target,
      corpora.source,
      corpora.targetValidation,
      corpora.sourceValidation,
    ]),
  );
  const files = [...specs].flatMap((named) => {
    const spec = named === null || named === undefined ? null : parseCorpusSpec(named);
    return spec?.scheme === 'file' ? [spec.path] : [];
  });
  return { text, runs: runs.length, tasks: cutTasks(runs).length, files };
}

export function runFacts({
  id,
  config,
  nominal,
  steps,
  flops,
}: Pick<ManifestRun, 'id' | 'config' | 'nominal' | 'steps' | 'flops'>): RunFacts {
  const { name, model, seed } = config;
  return { ...nominal, id, name, layers: model.layers, width: model.width, seed, steps, flops };
}

export function planFacts(
  designs: readonly SweepDesign[],
  { runs, dropped, merged }: SweepPlan,
  { forks, steps, flops }: Savings,
): PlanFacts {
  const kinds = RUN_KINDS.map((kind): KindFacts => {
    const ofKind = runs.filter(({ nominal }) => nominal.kind === kind);
    return {
      kind,
      runs: ofKind.length,
      steps: sum(ofKind, (run) => run.steps),
      tokens: sum(ofKind, (run) => run.steps * run.config.optimizer.batch * run.config.model.context),
      flops: sum(ofKind, (run) => run.flops),
    };
  }).filter((kind) => kind.runs > 0);
  const warned = runs.flatMap(({ id, warnings }) =>
    warnings.map((problem) => ({ name: id, field: '', problem })),
  );
  const [first] = designs;
  const adaptive = first?.adaptive;
  return {
    name: first?.name ?? '',
    runs: runs.length,
    merged,
    dropped: dropped.length,
    reasons: dropReasons(dropped),
    warnings: dropReasons(warned).map(({ count, problem }) => ({ count, message: problem })),
    kinds,
    flops: sum(kinds, (kind) => kind.flops),
    saved: { forks, steps, flops },
    tasks: cutTasks(manifestRuns(runs)).length,
    shown: runs.slice(0, SHOWN).map(runFacts),
    adaptive: adaptive ? { runs: adaptive.runs, compute: adaptive.compute ?? null } : null,
  };
}

export function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
