/** What `m3lab fit` does: read, choose, fit, tell, write. */

import { fitJson } from '../../formats/fit.ts';
import type { ReadRunsOptions } from '../../formats/runs/options.ts';
import type { Runs } from '../../formats/runs/row.ts';
import { SLICES } from '../../law/comparison/slices.ts';
import { makeFolders } from '../files/files.ts';
import { OutputFile } from '../files/outputFile.ts';
import type { Io } from '../io.ts';
import { InputError } from '../report.ts';
import { studyWords } from '../words/law/study.ts';
import { counted, duration } from '../words/words.ts';
import { chooseRuns } from './chosenRuns.ts';
import { studyFile } from './fitFile.ts';
import type { FitCommandOptions } from './fitOptions.ts';
import { askedLaws } from './laws.ts';
import { readRunFiles } from './runFiles.ts';
import { type Study, study } from './study.ts';

export type FitRunsOptions = FitCommandOptions & {
  readonly law: readonly string[];
  readonly bootstrap: number;
};

/** More runs than this are fitted, but not again and again. */
const MANY_ROWS = 5000;

export async function fitRuns(paths: readonly string[], options: FitRunsOptions, io: Io): Promise<void> {
  const asked = await askedLaws(options.law);
  const file = options.out === undefined ? null : await OutputFile.begin(options.out, '--out', 'replace');
  const folders = options.figures === undefined ? null : await makeFolders([options.figures], '--figures');
  try {
    const began = performance.now();
    io.progress('reading …');
    const source = chooseRuns(await readRunFiles(paths, readOptions(options), io.signal), {
      where: options.where ?? {},
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
    const lawNumbers = new Map(asked.map(({ law }, index) => [law.name, `${index + 1} of ${asked.length}`]));
    const made = await study(asked, source, {
      freeze: options.freeze ?? {},
      delta: options.delta,
      resamples: options.bootstrap,
      slices: options.holdout ?? (isLean ? [] : SLICES),
      crossValidate: !isLean,
      groupBy: options.groupBy,
      profile: options.profile,
      seed: options.seed,
      signal: io.signal,
      onProgress: (law, doing, share) => {
        const number = lawNumbers.get(law);
        const which = number === undefined || asked.length === 1 ? law : `${law} (${number})`;
        const gone = (performance.now() - began) / 1000;
        io.progress(`${which}: ${doing} ${Math.floor(100 * share)} %; ${duration(gone)} gone`);
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
    if (figures.length > 0) io.say(`figures: ${figures.join(', ')} in ${options.figures}`);
    await tell(made, options, file, io);
    const runs = counted(made.runs.length, 'run');
    io.say(`${counted(asked.length, 'law')}, ${runs}: ${duration((performance.now() - began) / 1000)}`);
  } catch (error) {
    await file?.abandon();
    await folders?.removeEmpty();
    throw error;
  }
}

async function tell(made: Study, options: FitRunsOptions, file: OutputFile | null, io: Io): Promise<void> {
  const value = fitJson(studyFile(made));
  if (io.json) io.value(value);
  else io.text(`${studyWords(made)}\n`);
  if (file) {
    await file.write(`${JSON.stringify(value)}\n`);
    await file.commit();
    io.say(`fit: written to ${options.out}; ask it with m3lab recommend`);
  }
}

function readOptions({ columns, unit, bytesPerToken, lossScale, include }: FitRunsOptions): ReadRunsOptions {
  return {
    ...(columns && { columns }),
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
