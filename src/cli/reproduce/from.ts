/** What `m3lab reproduce NAME --from …` does: reports on runs that are there. No text is read, no device asked, nothing trained. */

import type { Experiment } from '../../sweep/experiments/experiment.ts';
import { isAskedIn, mergedLines, resultsOf } from '../../sweep/experiments/results.ts';
import { settingOf, type Texts } from '../../sweep/experiments/settings.ts';
import { textsOf } from '../../sweep/experiments/texts.ts';
import { runsSummary } from '../../sweep/reproduce/summary.ts';
import type { Io } from '../io.ts';
import { InputError } from '../report.ts';
import { counted } from '../words/words.ts';
import { givenRuns } from './givenRuns.ts';
import { commandsOf, DEFAULT_BUDGET, type ReproduceOptions } from './options.ts';
import { tellReport } from './tellReport.ts';

export async function reportFrom(
  experiment: Experiment,
  paths: readonly string[],
  texts: Texts | null,
  options: ReproduceOptions,
  io: Io,
): Promise<void> {
  const given = await givenRuns(paths, experiment, options.budget, io);
  const budget = options.budget ?? given.budget ?? DEFAULT_BUDGET;
  const lines = mergedLines(given.lines);
  const setting = settingOf(budget, texts ?? given.texts ?? textsOf(lines, settingOf(budget).texts));
  const asked = { experiment, setting };
  if (lines.length === 0) {
    throw new InputError(
      `--from: there is no manifest in ${paths.join(', ')}, so nobody knows what the records were trained for; name the folder of a report or of a reproduction, or manifest.jsonl beside the records`,
    );
  }
  const results = resultsOf(lines, given.records);
  const known = new Set(lines.map(({ id }) => id));
  const strangers = new Set(given.records.map(({ id }) => id).filter((id) => !known.has(id))).size;
  if (strangers > 0) io.say(`note: ${counted(strangers, 'record')} of no run in these manifests, left out`);
  const missing = lines.length - results.length;
  if (missing > 0)
    io.say(`${counted(missing, 'run')} of ${lines.length} without a record; nothing is trained`);
  const emptyRounds = experiment.rounds
    .filter(({ name }) => !lines.some((line) => isAskedIn(line, name)))
    // Nothing is missing of a round that asks for nothing; whether it does is known when all before it is there.
    .filter(({ designs }) => missing > 0 || designs(results, setting).length > 0)
    .map(({ name }) => name);
  if (emptyRounds.length > 0) io.say(`no run of these rounds: ${emptyRounds.join(', ')}`);
  const report = await experiment.report(results, setting, {
    signal: io.signal,
    onProgress: (doing, share) => io.progress(`${doing}: ${Math.floor(100 * share)} %`),
  });
  io.progress('');
  const context = {
    summary: runsSummary(results),
    missing,
    emptyRounds,
    machine: null,
    commands: commandsOf(asked),
  };
  await tellReport(asked, { report, results, lines, context }, options, io);
}
