/** `m3lab sweep`: many runs, from a design to one file of results. */

import { Command } from 'commander';
import type { Io } from '../io.ts';
import { sweepCollectCommand } from './sweepCollect.ts';
import { sweepPlanCommand } from './sweepPlan.ts';
import { sweepRunCommand } from './sweepRun.ts';
import { sweepStatusCommand } from './sweepStatus.ts';
import { sweepSubmitCommand } from './sweepSubmit.ts';

export function sweepCommand(ioOf: (command: Command) => Io): Command {
  return new Command('sweep')
    .summary('train many runs, here or on a cluster')
    .description('Sweeps: many runs from one manifest, on one machine or on several that share a folder.')
    .addCommand(sweepPlanCommand(ioOf))
    .addCommand(sweepRunCommand(ioOf))
    .addCommand(sweepStatusCommand(ioOf))
    .addCommand(sweepCollectCommand(ioOf))
    .addCommand(sweepSubmitCommand(ioOf));
}
