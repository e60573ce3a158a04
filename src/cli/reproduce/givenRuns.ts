/** Runs and what they were planned as, from folders and files that a person names. */

import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { JsonError, parseJson } from '../../formats/json.ts';
import { type ManifestRun, parseManifest } from '../../formats/manifest.ts';
import type { RunRecord } from '../../formats/record.ts';
import { parseReproduction, type Reproduction } from '../../formats/reproduction.ts';
import { recordsOfJson, recordsOfLines } from '../../formats/runs/records.ts';
import { FolderStore } from '../../store/folder.ts';
import type { Experiment } from '../../sweep/experiments/experiment.ts';
import { MANIFESTS } from '../../sweep/experiments/results.ts';
import { BUDGETS, type BudgetName, settingOf, type Texts } from '../../sweep/experiments/settings.ts';
import { Finished } from '../../sweep/reproduce/finished.ts';
import { otherLines } from '../../sweep/reproduce/others.ts';
import { askedName, manifestPath, manifestPrefix, reproductionPath } from '../../sweep/reproduce/place.ts';
import { findRecord } from '../../sweep/run/folder.ts';
import { readTextFile } from '../files/files.ts';
import type { Io } from '../io.ts';
import { InputError } from '../report.ts';

export type GivenRuns = {
  readonly lines: ManifestRun[];
  readonly records: RunRecord[];
  /** As the folders say; null where they do not. */
  budget: BudgetName | null;
  texts: Texts | null;
};

/** Throws `InputError`, `JsonError` and `ConfigError`, which name the file. Damaged records are said and left out. */
export async function givenRuns(
  paths: readonly string[],
  experiment: Experiment,
  budget: BudgetName | undefined,
  io: Io,
): Promise<GivenRuns> {
  const given: GivenRuns = { lines: [], records: [], budget: null, texts: null };
  for (const path of paths) {
    io.signal.throwIfAborted();
    const facts = await stat(path).catch(() => null);
    if (!facts?.isDirectory()) readFile(await readTextFile(path, '--from'), path, given);
    else if (await isThere(join(path, MANIFESTS))) await readReproduced(path, experiment, budget, given, io);
    else await readReport(path, experiment.name, given, io);
  }
  return given;
}

/** A manifest, or records: what the first line holds decides. */
function readFile(text: string, file: string, given: GivenRuns): void {
  if (isManifest(text)) given.lines.push(...parseManifest(text, file));
  else {
    const read = file.endsWith('.json') ? recordsOfJson : recordsOfLines;
    given.records.push(...read(text, file).map(({ record }) => record));
  }
}

function isManifest(text: string): boolean {
  const [first = ''] = text.replace('\uFEFF', '').trimStart().split('\n', 1);
  try {
    const json = parseJson(first, '');
    return typeof json === 'object' && json !== null && 'nominal' in json;
  } catch (error) {
    if (error instanceof JsonError) return false;
    throw error;
  }
}

/** The folder of `--out`: manifests of rounds, and records that all experiments share. */
async function readReproduced(
  folder: string,
  experiment: Experiment,
  budget: BudgetName | undefined,
  given: GivenRuns,
  io: Io,
): Promise<void> {
  const { name, rounds } = experiment;
  const store = new FolderStore(folder);
  const paths = (await store.list(MANIFESTS)).filter((path) => path.endsWith('.jsonl'));
  const has = (one: BudgetName) =>
    paths.some((path) => path.startsWith(manifestPrefix(askedName(name, one))));
  const chosen = budget ?? BUDGETS.find(has);
  if (!chosen || !has(chosen)) {
    const there = [...new Set(paths.map((path) => path.slice(MANIFESTS.length + 1).split('.')[0]))];
    const words = there.length === 0 ? 'it holds none' : `it holds ${there.join(', ')}`;
    const wanted = budget === undefined ? name : askedName(name, budget);
    throw new InputError(`--from: ${folder} holds no round of ${wanted}; ${words}`);
  }
  const asked = askedName(name, chosen);
  // In the order in which they were asked for; those of rounds that this experiment no longer has say nothing to it.
  for (const round of rounds) {
    const path = manifestPath(asked, round);
    if (paths.includes(path))
      given.lines.push(...parseManifest(await textIn(store, path), join(folder, path)));
  }
  await readSetting(store, folder, reproductionPath(asked), name, given);
  const setting = settingOf(chosen, given.texts ?? undefined);
  given.lines.push(...(await otherLines(store, { experiment, setting }, new Finished(store))));
  await readRecords(store, folder, given, io);
}

/** Records that lie by themselves, as sweeps write them. */
async function readRecords(store: FolderStore, folder: string, given: GivenRuns, io: Io): Promise<void> {
  for (const id of new Set(given.lines.map((line) => line.id))) {
    const found = await findRecord(store, id);
    if (found.kind === 'finished') given.records.push(found.record);
    if (found.kind === 'damaged')
      io.say(`${folder}/${found.path} is damaged (${found.problem}) and left out`);
  }
}

/** The folder of a report, or any other with the same files: `runs.jsonl` and `manifest.jsonl`. */
async function readReport(folder: string, experiment: string, given: GivenRuns, io: Io): Promise<void> {
  const store = new FolderStore(folder);
  const files = ['manifest.jsonl', 'runs.jsonl'].map((name) => ({ name, path: join(folder, name) }));
  const [manifest, runs] = await Promise.all(files.map(({ path }) => isThere(path)));
  if (!manifest && !runs) {
    throw new InputError(
      `--from: ${folder} holds neither ${MANIFESTS} nor runs.jsonl and manifest.jsonl; name a folder that m3lab reproduce wrote`,
    );
  }
  for (const { name, path } of files) {
    const text = await textIn(store, name);
    // A report of nothing has files without a line.
    if (text.trim() !== '') readFile(text, path, given);
  }
  if (manifest && !runs) await readRecords(store, folder, given, io);
  await readSetting(store, folder, 'report.json', experiment, given);
}

async function readSetting(
  store: FolderStore,
  folder: string,
  file: string,
  experiment: string,
  given: GivenRuns,
): Promise<void> {
  const text = await textIn(store, file);
  if (text === '') return;
  const path = join(folder, file);
  const told: Reproduction = parseReproduction(parseJson(text, path), path);
  if (told.experiment !== experiment)
    throw new InputError(`--from: ${folder} holds ${told.experiment}, and not ${experiment}`);
  given.texts ??= told.texts;
  given.budget ??= BUDGETS.find((one) => one === told.budget) ?? null;
}

/** '' where there is none. */
async function textIn(store: FolderStore, path: string): Promise<string> {
  return new TextDecoder().decode((await store.read(path)) ?? new Uint8Array());
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
