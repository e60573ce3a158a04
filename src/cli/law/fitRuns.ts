/** What `m3lab fit` does: read, choose, fit, tell, write. */

import { fitJson } from '../../formats/fit.ts';
import type { ReadRunsOptions } from '../../formats/runs/options.ts';
import type { Runs } from '../../formats/runs/row.ts';
import { SLICES } from '../../law/comparison/slices.ts';
import { studyFile } from '../../law/report/studyFile.ts';
import type { Io } from '../io.ts';
import { InputError } from '../report.ts';
import { VERSION } from '../versions.ts';
import { studyWords } from '../words/law/study.ts';
import { counted, duration } from '../words/words.ts';
import { chooseRuns } from './chosenRuns.ts';
import { conditionWords } from './conditions.ts';
import type { FitCommandOptions } from './fitOptions.ts';
import { FitOutputs } from './fitOutputs.ts';
import { askedLaws } from './laws.ts';
import { readRunFiles } from './runFiles.ts';
import { study } from './study.ts';

export type FitRunsOptions = FitCommandOptions & {
  readonly law: readonly string[];
  readonly bootstrap: number;
};

/** More runs than this are fitted, but not again and again. */
const MANY_ROWS = 5000;

export async function fitRuns(paths: readonly string[], options: FitRunsOptions, io: Io): Promise<void> {
  const asked = await askedLaws(options.law);
  const outputs = await FitOutputs.begin(paths, options);
  const lawNumbers = new Map(asked.map(({ law }, index) => [law.name, `${index + 1} of ${asked.length}`]));
  let current = '';
  const began = performance.now();
  try {
    io.progress('reading …');
    const source = chooseRuns(await readRunFiles(paths, readOptions(options), io.signal), {
      where: options.where ?? [],
      dropTop: options.dropTop,
    });
    checkRuns(source, options);
    // Of so many runs none is news to the fit, and every slice takes fits of its own.
    const isLean =
      source.rows.length > MANY_ROWS && options.holdout === undefined && options.groupBy === undefined;
    if (isLean)
      io.say(
        `${counted(source.rows.length, 'run')}: no cross-validation and nothing held out, which would take minutes; --holdout all asks for both`,
      );
    const made = await study(asked, source, {
      freeze: options.freeze ?? {},
      delta: options.delta,
      resamples: options.bootstrap,
      slices: options.holdout ?? (isLean ? [] : SLICES),
      crossValidate: !isLean,
      groupBy: options.groupBy,
      profiles: [...new Set(options.profile ?? [])],
      chosen: chosenWords(options),
      seed: options.seed,
      signal: io.signal,
      onProgress: (law, doing, share) => {
        current = law;
        const number = lawNumbers.get(law);
        const which = number === undefined || asked.length === 1 ? law : `${law} (${number})`;
        const gone = (performance.now() - began) / 1000;
        io.progress(`${which}: ${doing} ${Math.floor(100 * share)} %; ${duration(gone)} so far`);
      },
    });
    const figures =
      options.figures === undefined
        ? []
        : await (await import('./fitFigures.ts')).drawFit(options.figures, made, {
            signal: io.signal,
            onProgress: (doing, share) => io.progress(`figures: ${doing} ${Math.floor(100 * share)} %`),
          });
    io.progress('');
    if (io.json) io.value(fitJson(studyFile(made, VERSION)));
    else io.text(`${studyWords(made, options.full === true)}\n`);
    await outputs.write(made, figures, io);
    for (const name of options.profile ?? []) {
      if (!made.profiles.some(({ profile }) => profile.parameter === name))
        io.say(`--profile: of the laws that have ${name} none could be fitted with it`);
    }
    const runs = counted(made.runs.length, 'run');
    io.say(`${counted(asked.length, 'law')}, ${runs}: ${duration((performance.now() - began) / 1000)}`);
  } catch (error) {
    const done = [...lawNumbers.keys()].indexOf(current);
    if (io.signal.aborted && done > 0)
      io.say(
        `${done} of ${counted(asked.length, 'law')} were fitted; as the others were not, nothing is written`,
      );
    await outputs.abandon();
    throw error;
  }
}

/** What was chosen of the runs, and how they were read, as a fit's file keeps it. */
function chosenWords({
  where = [],
  dropTop,
  include = [],
  unit,
  lossScale,
  groupBy,
}: FitRunsOptions): string[] {
  return [
    ...where.map((condition) => conditionWords(condition)),
    ...(dropTop > 0 ? [`without the ${dropTop} largest losses`] : []),
    ...include.map((one) => `with ${one}`),
    ...(unit ? [`loss in ${unit}`] : []),
    ...(lossScale ? [`loss as it is: ${lossScale}`] : []),
    ...(groupBy ? [`cross-validation by ${groupBy}`] : []),
  ];
}

function readOptions({
  columns,
  decimal,
  unit,
  bytesPerToken,
  lossScale,
  include,
}: FitRunsOptions): ReadRunsOptions {
  return {
    ...(columns && { columns }),
    ...(decimal && { decimal }),
    ...(unit && { unit }),
    ...(bytesPerToken !== undefined && { bytesPerToken }),
    ...(lossScale && { scale: lossScale }),
    ...(include && { include }),
  };
}

function checkRuns({ rows, leftOut, groups }: Runs, { groupBy }: FitRunsOptions): void {
  if (rows.length === 0) {
    const why = leftOut.map(({ reason, rows: count }) => `${count} ${reason}`).join('; ');
    throw new InputError(`RUNS: no run is left to fit${why === '' ? '' : `: ${why}`}`);
  }
  if (groupBy !== undefined && !groups.includes(groupBy))
    throw new InputError(
      `--group-by: the runs have no column ${groupBy}; there are ${groups.join(', ') || 'none'}`,
    );
}
