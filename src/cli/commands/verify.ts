/** `m3lab verify`: trains runs again from their records, and says whether the losses come out the same. */

import { Command, InvalidArgumentError, Option } from 'commander';
import { wholeNumber } from '../arguments.ts';
import type { Io } from '../io.ts';
import type { VerifyOptions } from '../verify.ts';

/** Relative; what adapters of one kind may differ by. */
const TOLERANCE = 1e-6;

export function verifyCommand(ioOf: (command: Command) => Io): Command {
  return new Command('verify')
    .summary('train runs again from their records, and compare')
    .description(
      'Draws finished runs from record files and trains each again, from its first step, with the kernels that its record names. Exit ' +
        'code 1 where a final loss differs by more than the tolerance. Nothing is written.',
    )
    .argument('<records...>', 'run records (.json, .jsonl)')
    .option('--draw <n>', 'runs to draw (default: all)', wholeNumber(1))
    .option('--seed <n>', 'of the draw', wholeNumber(0, 2 ** 32 - 1), 0)
    .option('--id <ids>', 'only these runs, by their ids, with commas', (text) => text.split(','))
    .option('--most-flops <n>', 'only runs of so many FLOPs at most', flops)
    .addOption(
      new Option('--tolerance <x>', 'largest relative difference of a loss')
        .argParser(share)
        .default(TOLERANCE),
    )
    .option(
      '--json',
      'one JSON value on stdout: {tolerance, runs: [{id, name, recorded, again, difference}]}',
    )
    .action(async (paths: string[], options: VerifyOptions, command: Command) => {
      const { verifyRecords } = await import('../verify.ts');
      await verifyRecords(paths, options, ioOf(command));
    });
}

function flops(text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError('give a number above 0, such as 5e10.');
}

function share(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value < 1) return value;
  throw new InvalidArgumentError('give a number from 0 and below 1, such as 1e-6.');
}
