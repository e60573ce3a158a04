/** `m3lab fit`: laws fitted to runs. */

import { Command } from 'commander';
import { NUMBER_ROLES } from '../../formats/runs/columns.ts';
import { LOSS_SCALES, LOSS_UNITS } from '../../formats/runs/loss.ts';
import { DECIMALS } from '../../formats/runs/numbers.ts';
import { INCLUSIONS } from '../../formats/runs/options.ts';
import { SLICES } from '../../law/comparison/slices.ts';
import { wholeNumber } from '../arguments.ts';
import type { Io } from '../io.ts';
import { conditionsArgument } from '../law/conditions.ts';
import {
  choice,
  columnsArgument,
  decimalArgument,
  freezeArgument,
  names,
  numberAbove0,
  one,
} from '../law/fitArguments.ts';
import type { FitCommandOptions } from '../law/fitOptions.ts';

/** Resamples where nothing is said: of one law, and of each of several. */
const RESAMPLES = 1000;
const RESAMPLES_OF_SEVERAL = 200;

export function fitCommand(ioOf: (command: Command) => Io): Command {
  return new Command('fit')
    .summary('fit scaling laws to runs, and say how sure')
    .description(
      'Fits laws to finished runs: a table (.csv, .tsv), run records (.json, .jsonl), or folders that train wrote. Says how well each ' +
        'law does on runs that it has not seen, gives every parameter with its interval, and says what the runs leave open.',
    )
    .argument('<runs...>', 'tables, records or folders')
    .option(
      '--law <names>',
      'law, several with commas, all of the lab’s (all), or a law of your own (FILE.json)',
      names,
    )
    .option(
      '--columns <list>',
      `which column is what, NAME=COLUMN,… for ${NUMBER_ROLES.join(', ')}, seed, pair, kind; NAME= for none, r=COLUMN/100 for percent`,
      columnsArgument,
    )
    .option('--decimal <sign>', `what parts decimals in tables: ${DECIMALS.join(' or ')}`, decimalArgument)
    .option('--unit <unit>', `unit of the loss: ${LOSS_UNITS.join(', ')}`, one(LOSS_UNITS))
    .option('--bytes-per-token <n>', 'of the tokenizer, for bits per byte', numberAbove0('4.2'))
    .option(
      '--loss-scale <scale>',
      'whether the column holds the loss or its natural logarithm: raw, log',
      one(LOSS_SCALES),
    )
    .option('--include <list>', `runs that stay out by default: ${INCLUSIONS.join(', ')}`, choice(INCLUSIONS))
    .option(
      '--where <list>',
      'only runs with COLUMN=WORD,… or N, D_T, k, r, r_f, … = < <= > >= NUMBER',
      conditionsArgument,
    )
    .option('--drop-top <n>', 'leave out the n largest losses', wholeNumber(0), 0)
    .option(
      '--freeze <list>',
      'parameters that are not fitted, NAME=VALUE,… (Infinity may be a value)',
      freezeArgument,
    )
    .option(
      '--delta <n>',
      'where Huber’s loss turns straight, in log loss (default: 0.001)',
      numberAbove0('0.001'),
    )
    .option(
      '--holdout <list>',
      `parts of the runs to be foretold from the rest: ${SLICES.join(', ')}, all or none (default: all)`,
      choice(SLICES, 'all'),
    )
    .option(
      '--group-by <column>',
      'cross-validation keeps together what agrees in this column (default: the recipe)',
    )
    .option(
      '--bootstrap <n>',
      `resamples for the intervals (default: ${RESAMPLES}, with several laws ${RESAMPLES_OF_SEVERAL} each)`,
      wholeNumber(0),
    )
    .option('--profile <names>', 'also profile these parameters, each of the best law that fits it', names)
    .option('--seed <n>', 'of resamples and folds', wholeNumber(0, 2 ** 32 - 1), 0)
    .option('--figures <folder>', 'write figures there, as SVG')
    .option('--full', 'every law in full, not the best alone')
    .option('--residuals <file>', 'write measured and predicted loss of every run by the best law, as CSV')
    .option('--out <file>', 'write the fit, for m3lab recommend')
    .option('--json', 'one JSON value on stdout: the fit, or {version, ranked, notRanked} of several laws')
    .action(async (runs: string[], options: FitCommandOptions, command: Command) => {
      // Laws, optimiser and figures are loaded where they are needed: the other commands begin without them.
      const { fitRuns } = await import('../law/fitRuns.ts');
      const law = options.law ?? ['m3'];
      const isOne = law.length === 1 && law[0] !== 'all';
      await fitRuns(
        runs,
        { ...options, law, bootstrap: options.bootstrap ?? (isOne ? RESAMPLES : RESAMPLES_OF_SEVERAL) },
        ioOf(command),
      );
    });
}
