/** What a design comes to: its runs, what was left out, what it costs, and its manifest. */

import { ConfigError } from '../../formats/configError.ts';
import { parseCorpusSpec } from '../../formats/corpusSpec.ts';
import { canonicalJson } from '../../formats/json.ts';
import { formatManifest } from '../../formats/manifest.ts';
import { parseSweepDesignsText } from '../../formats/sweepDesign.ts';
import type { SweepDesign } from '../../formats/sweepDesignFields.ts';
import type { Engine } from '../../model/engine.ts';
import type { Store } from '../../store/store.ts';
import type { PlannedRun } from '../../sweep/design/complete.ts';
import { estimateSweep, type SweepEstimate } from '../../sweep/design/estimate.ts';
import { manifestRuns } from '../../sweep/design/lines.ts';
import { dropReasons, planSweep, type SweepPlan } from '../../sweep/design/planSweep.ts';
import { type Savings, savingsOf } from '../../sweep/design/savings.ts';
import { cutTasks } from '../../sweep/run/tasks.ts';
import { PairError } from '../../text/pair/pairError.ts';
import type { CostFacts, ManifestFacts, PlanFacts, SweepEvent } from '../api/sweep.ts';
import { listTexts } from '../texts/corpusFiles.ts';
import { type HeldText, heldText, withHeldTexts } from './namedTexts.ts';
import { manifestFacts, planFacts, sum } from './planFacts.ts';
import { SweepTexts } from './sweepTexts.ts';

/** What errors call a design that came through the door. */
const DESIGN = 'design';
export type Planned = {
  readonly designs: readonly SweepDesign[];
  readonly plan: SweepPlan;
  readonly texts: SweepTexts;
  /** Keys of texts of the store that its runs read. */
  readonly keys: readonly string[];
};

/** An engine, and the bytes that a fleet may take; null where nobody can say. */
export type MeasuringEngine = { readonly engine: Engine; readonly memoryBytes: () => number | null };

export type PlanningOptions = {
  readonly store: Store;
  readonly tell: (event: SweepEvent) => void;
};

export class Planning {
  readonly #options: PlanningOptions;
  /** Of the design that was asked about last: whoever types asks again and again, and then to start it. */
  #last: {
    readonly text: string;
    readonly planned: Planned;
    savings?: Savings;
    estimate?: SweepEstimate;
  } | null = null;

  #texts: { readonly named: string; readonly texts: SweepTexts } | null = null;

  constructor(options: PlanningOptions) {
    this.#options = options;
  }

  /** Throws `JsonError`, `ConfigError`, which name line or field, and the signal's reason. */
  async plan(text: string, signal?: AbortSignal): Promise<Planned> {
    const { store } = this.#options;
    const last = this.#last;
    // A text may have been let go of since: another one was opened in Train, say.
    if (last?.text === text && (await areHeld(last.planned.keys, store))) return last.planned;
    const written = parseSweepDesignsText(text, DESIGN);
    try {
      const held = await listTexts(store);
      const designs = withHeldTexts(written, held);
      const texts = this.#textsOf(designs);
      const plan = await planSweep(designs, {
        readTexts: (configs) => texts.facts(configs, signal),
        ...(signal && { signal }),
      });
      const planned = { designs, plan, texts, keys: keysOf(plan, held) };
      this.#last = { text, planned };
      return planned;
    } catch (error) {
      if (error instanceof PairError) throw new ConfigError(DESIGN, error.field, error.problem);
      throw error;
    }
  }

  /** The same for designs that name the same texts: whoever types a number does not wait for a language to be told anew. */
  #textsOf(designs: readonly SweepDesign[]): SweepTexts {
    const named = canonicalJson(
      designs.map(({ corpora = {}, grid = {} }) => [
        corpora,
        Object.entries(grid).filter(([key]) => key.startsWith('corpora')),
      ]),
    );
    if (this.#texts?.named === named) return this.#texts.texts;
    const texts = new SweepTexts({
      store: this.#options.store,
      onProgress: (of, done, all) => this.#tell('reading', of, done, all),
    });
    this.#texts = { named, texts };
    return texts;
  }

  /** Throws as {@link plan}. */
  async facts(text: string, signal: AbortSignal): Promise<PlanFacts> {
    const planned = await this.plan(text, signal);
    const { designs, plan } = planned;
    const savings = await this.#savings(text, planned, signal);
    return planFacts(designs, plan, savings);
  }

  /** Asks a device. Throws as {@link plan}, and what the engine throws. */
  async cost(
    text: string,
    { engine, memoryBytes }: MeasuringEngine,
    signal: AbortSignal,
  ): Promise<CostFacts> {
    const planned = await this.plan(text, signal);
    checkSome(planned);
    const savings = await this.#savings(text, planned, signal);
    const estimate = await estimateSweep(planned.plan.runs, {
      engine,
      corporaOf: planned.texts.corporaOf,
      savedSteps: savings.stepsOf,
      memoryBytes,
      signal,
      onProgress: (done, all) => this.#tell('measuring', '', done, all),
    });
    if (this.#last?.text === text) this.#last.estimate = estimate;
    const perStep = new Map(estimate.runs.map(({ id, flops, steps }) => [id, flops / steps] as const));
    const savedFlops = [...savings.stepsOf].reduce(
      (sum, [id, steps]) => sum + steps * (perStep.get(id) ?? 0),
      0,
    );
    const { fleets, seconds, software, runs } = estimate;
    return { fleets, seconds, software, savedFlops, flops: sum(runs, ({ flops }) => flops) };
  }

  /** The runs of a design, with FLOPs as an engine counts them where it was asked. Throws as {@link plan}, and where there is none. */
  async runs(text: string, signal: AbortSignal): Promise<Planned & { readonly runs: readonly PlannedRun[] }> {
    const planned = await this.plan(text, signal);
    checkSome(planned);
    const known = this.#last?.text === text ? this.#last.estimate : undefined;
    return { ...planned, runs: known?.runs ?? planned.plan.runs };
  }

  async manifest(text: string, signal: AbortSignal): Promise<ManifestFacts> {
    const { runs } = await this.runs(text, signal);
    const lines = manifestRuns(runs);
    return manifestFacts(formatManifest(lines), lines);
  }

  async #savings(text: string, { plan, texts }: Planned, signal: AbortSignal): Promise<Savings> {
    const last = this.#last;
    if (last?.text === text && last.savings) return last.savings;
    const stepsOf = new Map<string, number>();
    let [forks, steps, flops] = [0, 0, 0];
    const byId = new Map(plan.runs.map((run) => [run.id, run] as const));
    const tasks = cutTasks(manifestRuns(plan.runs));
    for (const [index, task] of tasks.entries()) {
      this.#tell('comparing', '', index, tasks.length);
      const runs = task.runs.flatMap(({ id }) => byId.get(id) ?? []);
      const found = savingsOf(runs, { corporaOf: texts.corporaOf, signal });
      forks += found.forks;
      steps += found.steps;
      flops += found.flops;
      for (const [id, saved] of found.stepsOf) stepsOf.set(id, saved);
      // Every window of a task's runs was planned: others want the thread too.
      await new Promise((resolve) => setTimeout(resolve, 0));
      signal.throwIfAborted();
    }
    const savings = { forks, steps, flops, stepsOf };
    if (last?.text === text) last.savings = savings;
    return savings;
  }

  #tell(
    doing: Extract<SweepEvent, { event: 'planning' }>['doing'],
    of: string,
    done: number,
    all: number,
  ): void {
    this.#options.tell({ event: 'planning', doing, of, done, all });
  }
}

/** Keys of the texts in the store that runs read. */
function keysOf({ runs }: SweepPlan, held: readonly HeldText[]): readonly string[] {
  const specs = new Set(
    runs.flatMap(({ config: { corpora } }) => [
      corpora.target,
      ...(corpora.source === null ? [] : [corpora.source]),
    ]),
  );
  const keys = [...specs].flatMap((text) => {
    const spec = parseCorpusSpec(text);
    return spec.scheme === 'world' ? [] : [heldText(spec, held).key];
  });
  return [...new Set(keys)];
}

async function areHeld(keys: readonly string[], store: Store): Promise<boolean> {
  if (keys.length === 0) return true;
  const held = new Set((await listTexts(store)).map(({ key }) => key));
  return keys.every((key) => held.has(key));
}

function checkSome({ plan }: Planned): void {
  if (plan.runs.length > 0) return;
  const [reason] = dropReasons(plan.dropped);
  const why = reason ? `: ${reason.field === '' ? '' : `${reason.field}: `}${reason.problem}` : '';
  throw new ConfigError(DESIGN, reason?.field ?? '', `no run of this design can be${why}`);
}
