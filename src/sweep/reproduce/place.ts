/** Where a reproduction keeps what in the folder that all experiments share, beside records, checkpoints and claims. */

import { ConfigError } from '../../formats/configError.ts';
import { recordedSpec } from '../../formats/corpusSpec.ts';
import { JsonError, parseJson } from '../../formats/json.ts';
import { formatManifest, type ManifestRun, parseManifest } from '../../formats/manifest.ts';
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
      `the folder holds ${asked} on ${textsWords(kept)}, and other texts are asked for now; choose another folder`,
    );
    this.kept = kept;
  }
}

function textsWords(texts: Reproduction['texts']): string {
  return Object.entries(texts)
    .flatMap(([name, spec]) => (spec ? [`${name} ${spec}`] : []))
    .join(', ');
}

/** As it is written down: files by name, for their paths are this machine's. */
export function reproductionOf({ experiment, setting }: Asked): Reproduction {
  const recorded = (spec: string | null) => (spec === null ? null : recordedSpec(spec, null));
  const { target, source, control, noisy, otherScript = null, ...validation } = setting.texts;
  const texts = {
    target: recordedSpec(target, null),
    source: recordedSpec(source, null),
    control: recorded(control),
    ...(otherScript !== null && { otherScript: recorded(otherScript) }),
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

export function sameTexts(a: Reproduction['texts'], b: Reproduction['texts']): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof Reproduction['texts']>;
  return [...names].every((name) => (a[name] ?? null) === (b[name] ?? null));
}

/** A round asks for other runs than it did before in the same folder, as it does when another version plans it. */
export type Replaced = {
  /** The manifest that was there, under its new name. */
  readonly keptAs: string;
  readonly runsBefore: number;
  /** Runs that both ask for. */
  readonly inBoth: number;
};

/**
 * Keeps the manifest of a round; of one that asks for nothing none is kept. Where there was one with other runs it is kept as well, under
 * another name, and that is given: rounds follow from finished runs, so it was planned by something else. Throws what the store throws.
 */
export async function keepManifest(
  store: Store,
  path: string,
  lines: readonly ManifestRun[],
): Promise<Replaced | null> {
  const text = lines.length === 0 ? '' : formatManifest(lines);
  const before = new TextDecoder().decode((await store.read(path)) ?? undefined);
  // Tasks that read it may be at work: the same is not written again.
  if (before === text) return null;
  const replaced = before === '' ? null : await setAside(store, path, before, lines);
  if (text === '') await store.remove(path);
  else await store.write(path, new TextEncoder().encode(text));
  return replaced;
}

/** Null where the runs are the same, under other names or tags perhaps. */
async function setAside(
  store: Store,
  path: string,
  before: string,
  lines: readonly ManifestRun[],
): Promise<Replaced | null> {
  const old = idsIn(before, path);
  const ids = new Set(lines.map(({ id }) => id));
  const inBoth = old?.filter((id) => ids.has(id)).length ?? 0;
  if (old?.length === inBoth && ids.size === inBoth) return null;
  const bytes = new TextEncoder().encode(before);
  for (let count = 1; ; count++) {
    const keptAs = `${path}.before-${count}`;
    if (await store.create(keptAs, bytes)) return { keptAs, runsBefore: old?.length ?? 0, inBoth };
  }
}

/** Null where they cannot be read: the manifest is of another version, then, or damaged. */
function idsIn(manifest: string, path: string): string[] | null {
  try {
    return parseManifest(manifest, path).map(({ id }) => id);
  } catch (error) {
    if (error instanceof ConfigError || error instanceof JsonError) return null;
    throw error;
  }
}
