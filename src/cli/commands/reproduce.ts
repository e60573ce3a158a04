/** `m3lab reproduce`: the named experiments, from their runs to their verdicts. */

import { Command, Option } from 'commander';
import { EXPERIMENTS } from '../../sweep/experiments/catalogue.ts';
import { BUDGETS, settingOf } from '../../sweep/experiments/settings.ts';
import { corpusArgument, SPEC_HELP, wholeNumber } from '../arguments.ts';
import { tuningOption } from '../gpu/tuning.ts';
import type { Io } from '../io.ts';
import { InputError } from '../report.ts';
import {
  askedExperiment,
  askedTexts,
  DEFAULT_BUDGET,
  DEFAULT_OUT,
  type ReproduceOptions,
} from '../reproduce/options.ts';
import { checkpointOption, fleetArgument } from '../sweep/arguments.ts';
import { amount, labelled } from '../words/words.ts';

export function reproduceCommand(ioOf: (command: Command) => Io): Command {
  return new Command('reproduce')
    .summary('reproduce a claim of the papers, with a verdict')
    .description(
      'Trains the runs that a named experiment asks for, round after round, and says which claims were reproduced, which were not, and ' +
        'which the runs leave open. Without NAME it lists the experiments. Experiments share runs; Ctrl-C saves first, and the same command ' +
        'goes on. Several processes may work on one DIR, and a round’s manifest may be taken to a scheduler (m3lab sweep submit ' +
        'DIR/manifests/… --out DIR).',
    )
    .argument('[name]', 'experiment')
    .addOption(
      new Option('--budget <size>', `how much compute (default: ${DEFAULT_BUDGET})`).choices(BUDGETS),
    )
    .option('--out <dir>', `folder of records, checkpoints, manifests and reports (default: ${DEFAULT_OUT})`)
    .option('--target <spec>', `target text instead of the built-in one: ${SPEC_HELP}`, corpusArgument)
    .option('--source <spec>', 'source text; goes with --target', corpusArgument)
    .option(
      '--control <spec>',
      'source text in an unrelated language, best in the target’s script, for the control',
      corpusArgument,
    )
    .option('--other-script <spec>', 'a second control, in another script', corpusArgument)
    .option(
      '--target-validation <spec>',
      'text to validate on (default: 5 % of the documents)',
      corpusArgument,
    )
    .option('--source-validation <spec>', 'the same of the source', corpusArgument)
    .option('--control-validation <spec>', 'the same of the control', corpusArgument)
    .option(
      '--plan',
      'train nothing: say what the next round takes here, and about what all take; keep its manifest',
    )
    .option(
      '--from <path...>',
      'train nothing and read no text: report on the records and manifests in these folders (of a reproduction, of a report) or files; ' +
        'files are written where --out or --figures says',
    )
    .option('--figures <dir>', 'folder for the figures (default: beside the report)')
    .option(
      '--curve-points <n>',
      'keep n points of each curve at most in the report’s runs.jsonl, as sweep collect does (default: all)',
      wholeNumber(2),
    )
    .addOption(
      new Option('--fleet <n>', 'runs of a task at most, and of those side by side; as in sweep run')
        .argParser(fleetArgument)
        .default('auto'),
    )
    .addOption(checkpointOption())
    .addOption(tuningOption())
    .option('--json', 'on stdout events as JSON lines, the last of them the report; or the list, or the plan')
    .addHelpText('after', () => `\nExperiments:\n${listWords()}\n\nBudgets:\n${budgetWords()}`)
    .action(async (name: string | undefined, options: ReproduceOptions, command: Command) => {
      await reproduce(name, options, ioOf(command));
    });
}

async function reproduce(name: string | undefined, options: ReproduceOptions, io: Io): Promise<void> {
  if (name === undefined) {
    if (io.json) io.value(EXPERIMENTS.map(({ name: one, title }) => ({ name: one, title })));
    else io.text(`${listWords()}\n`);
    return;
  }
  const experiment = askedExperiment(name);
  const { plan, from, budget = DEFAULT_BUDGET } = options;
  if (plan && from) throw new InputError('--plan, --from: give one of them');
  const texts = await askedTexts(options);
  if (from) {
    const { reportFrom } = await import('../reproduce/from.ts');
    await reportFrom(experiment, from, texts, options, io);
    return;
  }
  const asked = { experiment, setting: settingOf(budget, texts ?? undefined) };
  if (plan) {
    const { planHere } = await import('../reproduce/plan.ts');
    await planHere(asked, options, io);
    return;
  }
  const { trainHere } = await import('../reproduce/train.ts');
  await trainHere(asked, options, io);
}

function listWords(): string {
  return labelled(EXPERIMENTS.map(({ name, title }) => [`  ${name}`, title]));
}

function budgetWords(): string {
  return labelled(
    BUDGETS.map((budget) => {
      const { computes, models } = settingOf(budget);
      const flops = computes.map((compute) => amount(compute, 'FLOP')).join(', ');
      return [`  ${budget}`, `runs of ${flops}; ${models.length} sizes of model`];
    }),
  );
}
