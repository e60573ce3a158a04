/** Where a reproduction keeps what in the folder that all experiments share, beside records, checkpoints and claims. */

import { ConfigError } from '../../formats/configError.ts';
import { recordedSpec } from '../../formats/corpusSpec.ts';
import { JsonError, parseJson } from '../../formats/json.ts';
import { formatManifest, type ManifestRun } from '../../formats/manifest.ts';
import { parseReproduction, type Reproduction } from '../../formats/reproduction.ts';
import type { Store } from '../../store/store.ts';
import type { Experiment, Round } from '../experiments/experiment.ts';
import { MANIFESTS } from '../experiments/results.ts';
import type { Setting } from '../experiments/settings.ts';

export const REPORTS = 'reports';

/** An experiment and what it is asked on. */
export type Asked = { readonly experiment: Experiment; readonly setting: Setting };

/** The name of an experiment at a budget, as files bear it. */
export function askedName(experiment: string, budget: string): string {
  return `${experiment}-${budget}`;
}

export function nameOf({ experiment, setting }: Asked): string {
  return askedName(experiment.name, setting.budget);
}

/** How paths of the manifests of all rounds begin; `asked` as {@link askedName} gives it. */
export const manifestPrefix = (asked: string) => `${MANIFESTS}/${asked}.`;

/** The manifest of a round. */
export function manifestPath(asked: string, { name }: Pick<Round, 'name'>): string {
  return `${manifestPrefix(asked)}${name.replaceAll(/[^A-Za-z0-9-]+/g, '-')}.jsonl`;
}

export function reportFolder(asked: Asked): string {
  return `${REPORTS}/${nameOf(asked)}`;
}

export const reproductionPath = (name: string) => `${MANIFESTS}/${name}.json`;

/** The folder holds the same experiment at the same budget on other texts. */
export class OtherTextsError extends Error {
  override readonly name = 'OtherTextsError';
  readonly kept: Reproduction['texts'];
  constructor(asked: string, kept: Reproduction['texts']) {
    super(
      `the folder holds ${asked} with target ${kept.target} and source ${kept.source}, and other texts are asked for now; choose another folder`,
    );
    this.kept = kept;
  }
}

/** As it is written down: files by name, for their paths are this machine's. */
export function reproductionOf({ experiment, setting }: Asked): Reproduction {
  const recorded = (spec: string | null) => (spec === null ? null : recordedSpec(spec, null));
  const { target, source, control, noisy, ...validation } = setting.texts;
  const texts = {
    target: recordedSpec(target, null),
    source: recordedSpec(source, null),
    control: recorded(control),
    noisy: recorded(noisy),
    ...Object.fromEntries(Object.entries(validation).map(([name, spec]) => [name, recorded(spec)])),
  };
  return { version: 1, experiment: experiment.name, budget: setting.budget, texts };
}

/** Writes down what is reproduced. Throws {@link OtherTextsError} where the folder has it on other texts, and what the store throws. */
export async function keepReproduction(store: Store, asked: Asked): Promise<void> {
  const path = reproductionPath(nameOf(asked));
  const reproduction = reproductionOf(asked);
  const bytes = new TextEncoder().encode(`${JSON.stringify(reproduction)}\n`);
  if (await store.create(path, bytes)) return;
  const kept = await readReproduction(store, nameOf(asked));
  if (kept && sameTexts(kept.texts, reproduction.texts)) return;
  if (kept) throw new OtherTextsError(nameOf(asked), kept.texts);
  await store.write(path, bytes);
}

/** Null where there is none, or none that can be read: it is written anew from what is asked. Throws what the store throws. */
export async function readReproduction(store: Store, name: string): Promise<Reproduction | null> {
  const path = reproductionPath(name);
  const bytes = await store.read(path);
  if (!bytes) return null;
  try {
    return parseReproduction(parseJson(new TextDecoder().decode(bytes), path), path);
  } catch (error) {
    if (error instanceof ConfigError || error instanceof JsonError) return null;
    throw error;
  }
}

function sameTexts(a: Reproduction['texts'], b: Reproduction['texts']): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof Reproduction['texts']>;
  return [...names].every((name) => (a[name] ?? null) === (b[name] ?? null));
}

/** Keeps the manifest of a round; of one that asks for nothing none is kept. */
export async function keepManifest(store: Store, path: string, lines: readonly ManifestRun[]): Promise<void> {
  if (lines.length === 0) {
    await store.remove(path);
    return;
  }
  const bytes = new TextEncoder().encode(formatManifest(lines));
  const before = await store.read(path);
  // Tasks that read it may be at work: the same is not written again.
  if (before && sameBytes(before, bytes)) return;
  await store.write(path, bytes);
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
