/** `m3lab sweep run`: trains the runs of a manifest into a folder. */

import { Command, Option } from 'commander';
import { wholeNumber } from '../arguments.ts';
import { tuningOption } from '../gpu/tuning.ts';
import type { Io } from '../io.ts';
import { checkpointOption, fleetArgument, shardArgument } from '../sweep/arguments.ts';
import type { SweepRunOptions } from '../sweep/run.ts';

export function sweepRunCommand(ioOf: (command: Command) => Io): Command {
  return new Command('run')
    .summary('train the runs of a manifest')
    .description(
      'Trains the runs of a manifest into DIR, in tasks of runs that can share a fleet. Runs that are finished are skipped, those that were ' +
        'begun are gone on with, those that another process is at are left to it: the same command may be called again, on several machines ' +
        'that share DIR too. Ctrl-C saves first; the same command then goes on as if nothing had happened.',
    )
    .argument('<manifest>', 'file that sweep plan wrote (JSON lines)')
    .requiredOption('--out <dir>', 'folder of the sweep: records, checkpoints of runs under way, claims')
    .option(
      '--index <i>',
      'do task I alone, counted from 0 (default: SLURM_ARRAY_TASK_ID or JOB_COMPLETION_INDEX, where one is set)',
      wholeNumber(0),
    )
    .option('--shard <i/n>', 'do the I-th of N parts with about equal FLOPs, counted from 1', shardArgument)
    .addOption(
      new Option(
        '--fleet <n>',
        'runs of a task at most, and of those side by side; auto: 32, and side by side as many as memory and, on a GPU, measured speed suggest',
      )
        .argParser(fleetArgument)
        .default('auto'),
    )
    .addOption(checkpointOption())
    .addOption(tuningOption())
    .option('--json', 'events as JSON lines on stdout')
    .action(async (manifest: string, options: SweepRunOptions, command: Command) => {
      const { runManifest } = await import('../sweep/run.ts');
      await runManifest(manifest, options, ioOf(command));
    });
}
