/** `m3lab sweep plan`: a design becomes a manifest, and what it will cost is said before anything runs. */

import { Command, Option } from 'commander';
import { wholeNumber } from '../arguments.ts';
import { tuningOption } from '../gpu/tuning.ts';
import type { Io } from '../io.ts';
import { type PlanOptions, planDesign } from '../sweep/plan.ts';
import { DESIGN_HELP } from '../words/sweepPlan.ts';

export function sweepPlanCommand(ioOf: (command: Command) => Io): Command {
  const count = wholeNumber(1);
  return new Command('plan')
    .summary('turn a design into a manifest, and say what it will cost')
    .description(
      'Plans every combination of the lists of a design, fills in what is free, leaves out what cannot be (and says why), and writes ' +
        'one run a line. What it will take is measured on this device in a few seconds.',
    )
    .argument('<design>', 'design of the sweep (JSON)')
    .requiredOption('--out <file>', 'manifest to write (JSON lines)')
    .option('--force', 'replace a manifest that is there and says something else')
    .option(
      '--given <path...>',
      'of an adaptive design: folders that sweep run wrote, or files of records, from which the next round is chosen; its runs are added ' +
        'to the manifest that is there',
    )
    .option('--no-measure', 'ask no device: FLOPs are then 6·N·D, and memory and time are not said')
    .addOption(
      new Option('--fleet <n>', 'runs side by side, for the estimate; auto: as memory and speed suggest')
        .argParser((text) => (text === 'auto' ? text : count(text)))
        .default('auto'),
    )
    .addOption(tuningOption())
    .option(
      '--json',
      'one JSON value on stdout: counts, reasons, FLOPs, what forks save, fleets, seconds, the adaptive round',
    )
    .addHelpText('after', `\n${DESIGN_HELP}`)
    .action(async (path: string, options: PlanOptions, command: Command) => {
      await planDesign(path, options, ioOf(command));
    });
}
