/** What `m3lab reproduce` is asked: an experiment, at a budget, on texts. */

import { type CorpusSpec, formatCorpusSpec } from '../../formats/corpusSpec.ts';
import { nearest } from '../../formats/nearest.ts';
import { EXPERIMENTS, experimentNamed } from '../../sweep/experiments/catalogue.ts';
import type { Experiment } from '../../sweep/experiments/experiment.ts';
import { type BudgetName, settingOf, type Texts } from '../../sweep/experiments/settings.ts';
import { type Asked, reproductionOf } from '../../sweep/reproduce/place.ts';
import type { AskedCorpus } from '../arguments.ts';
import { readableFile } from '../files/files.ts';
import type { TuningChoice } from '../gpu/tuning.ts';
import { InputError } from '../report.ts';

export const DEFAULT_OUT = 'reproduction';
export const DEFAULT_BUDGET: BudgetName = 'small';

export type ReproduceOptions = {
  readonly budget?: BudgetName;
  readonly out?: string;
  readonly target?: AskedCorpus;
  readonly source?: AskedCorpus;
  readonly control?: AskedCorpus;
  readonly otherScript?: AskedCorpus;
  readonly targetValidation?: AskedCorpus;
  readonly sourceValidation?: AskedCorpus;
  readonly controlValidation?: AskedCorpus;
  readonly plan?: boolean;
  readonly from?: readonly string[];
  readonly figures?: string;
  /** Of each curve in the report's records, at most; all where it is not given. */
  readonly curvePoints?: number;
  readonly fleet: number | 'auto';
  readonly checkpointEvery: number;
  readonly tuning: TuningChoice;
};

/** Throws {@link InputError} where there is none of that name. */
export function askedExperiment(name: string): Experiment {
  const experiment = experimentNamed(name);
  if (experiment) return experiment;
  const names = EXPERIMENTS.map((one) => one.name);
  const close = nearest(name, names);
  const hint = close === null ? `there are ${names.join(', ')}` : `did you mean ${close}?`;
  throw new InputError(`NAME: there is no experiment ${JSON.stringify(name)}; ${hint}`);
}

/** Options that go with another, which they mean nothing without. */
const PARTNERS = [
  ['target', 'source'],
  ['source', 'target'],
  ['control', 'target'],
  ['otherScript', 'control'],
  ['targetValidation', 'target'],
  ['sourceValidation', 'source'],
  ['controlValidation', 'control'],
] as const;

/** Share of damaged documents in the noisy target, as in the built-in setting. */
const NOISE = 0.1;

/** The texts that options name, null where they name none. Throws {@link InputError}. */
export async function askedTexts(options: ReproduceOptions): Promise<Texts | null> {
  for (const [name, partner] of PARTNERS) {
    if (options[name] && !options[partner])
      throw new InputError(`${optionName(name)}: it goes with ${optionName(partner)}; give both, or neither`);
  }
  const { target, source, control, otherScript } = options;
  const { targetValidation, sourceValidation, controlValidation } = options;
  if (!target || !source) return null;
  const validation = { targetValidation, sourceValidation, controlValidation };
  const given = { target, source, control, otherScript, ...validation };
  for (const [name, asked] of Object.entries(given)) {
    if (asked?.spec.scheme === 'file') await readableFile(asked.spec.path, optionName(name));
  }
  return {
    target: formatCorpusSpec(target.spec),
    source: formatCorpusSpec(source.spec),
    control: control ? formatCorpusSpec(control.spec) : null,
    otherScript: otherScript ? formatCorpusSpec(otherScript.spec) : null,
    noisy: noisySpec(target.spec),
    ...(targetValidation && { targetValidation: formatCorpusSpec(targetValidation.spec) }),
    ...(sourceValidation && { sourceValidation: formatCorpusSpec(sourceValidation.spec) }),
    ...(controlValidation && { controlValidation: formatCorpusSpec(controlValidation.spec) }),
  };
}

/** Only a world can be told with noise. */
function noisySpec(target: CorpusSpec): string | null {
  return target.scheme === 'world' && target.noise === 0
    ? formatCorpusSpec({ ...target, noise: NOISE })
    : null;
}

function optionName(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** Commands that give a report again, as a person would type them; files by their names alone. */
export function commandsOf(asked: Asked): string[] {
  const { experiment, budget, texts } = reproductionOf(asked);
  const words = ['m3lab', 'reproduce', experiment, '--budget', budget];
  const builtIn: Readonly<Record<string, unknown>> = reproductionOf({
    ...asked,
    setting: settingOf(asked.setting.budget),
  }).texts;
  // The noisy target follows from the target.
  const { noisy: _, ...named } = texts;
  // An option given makes all texts the user's: each is named, as soon as one is not the built-in one.
  const names = new Set([...Object.keys(named), ...Object.keys(builtIn)].filter((name) => name !== 'noisy'));
  const given: Readonly<Record<string, unknown>> = named;
  if ([...names].some((name) => (given[name] ?? null) !== (builtIn[name] ?? null))) {
    for (const [name, spec] of Object.entries(named)) {
      if (typeof spec === 'string') words.push(optionName(name), quoted(spec));
    }
  }
  return [words.join(' '), `m3lab reproduce ${experiment} --budget ${budget} --from ${DEFAULT_OUT}`];
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
