/** `m3lab recommend`: the recipe that a fitted law advises. */

import { Command } from 'commander';
import { wholeNumber } from '../arguments.ts';
import type { Io } from '../io.ts';
import { amountAtLeast, numberAtLeast0, recipeArgument } from '../law/fitArguments.ts';
import type { RecommendCommandOptions } from '../law/recommendOptions.ts';

/** Resamples that are asked, where the fit holds more: intervals of a recipe need no more digits than these give. */
const RESAMPLES = 200;

export function recommendCommand(ioOf: (command: Command) => Io): Command {
  return new Command('recommend')
    .summary('say which recipe a fitted law advises')
    .description(
      'The recipe of lowest predicted loss for a budget and a corpus, the best of each other kind and what it costs, and the corpus ' +
        'below which a second language pays; each with its interval where the fit has resamples.',
    )
    .argument('<fit>', 'file that fit --out wrote; of several laws the best one speaks')
    .requiredOption('--compute <flops>', 'C = 6·N·D at most, e.g. 1e18', amountAtLeast(6, '1e18'))
    .requiredOption(
      '--target-tokens <n>',
      'D_T, unique tokens of the target language, e.g. 5M',
      amountAtLeast(1, '5M'),
    )
    .option('--law <name>', 'of the laws in the file, this one')
    .option(
      '--at <recipe>',
      'also what the law says of this recipe, N=1M,k=4,r=0.3,r_f=1; may be given several times',
      recipeArgument,
    )
    .option('--max-N <n>', 'a model no larger', amountAtLeast(1, '10M'))
    .option('--max-epochs <k>', 'no more passes over the text', amountAtLeast(0.001, '16'))
    .option('--max-source-tokens <n>', 'no more tokens of the source language', amountAtLeast(0, '1B'))
    .option('--within-runs', 'no larger N, k and S, and no lower r, than the runs of the fit have')
    .option('--margin <nats>', 'the threshold is where a second language leads by so much', numberAtLeast0, 0)
    .option('--resamples <n>', 'resamples of the fit to ask, at most', wholeNumber(0), RESAMPLES)
    .option('--map', 'also the best kind and the best k over budgets and corpora around these')
    .option('--figures <folder>', 'write the map and the best epochs there, as SVG')
    .option('--json', 'one JSON value on stdout: the recommendation')
    .action(async (file: string, options: RecommendCommandOptions, command: Command) => {
      const { recommendFrom } = await import('../law/recommendFrom.ts');
      await recommendFrom(file, options, ioOf(command));
    });
}
