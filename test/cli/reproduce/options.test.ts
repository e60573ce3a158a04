import { expect, test } from 'vitest';
import { commandsOf } from '../../../src/cli/reproduce/options.ts';
import { settingOf, type Texts } from '../../../src/sweep/experiments/settings.ts';
import { madeUp } from '../../sweep/reproduce/madeUp.ts';

const experiment = madeUp();
const { texts: builtIn } = settingOf('small');
const commandOf = (texts: Partial<Texts>) =>
  commandsOf({ experiment, setting: settingOf('small', { ...builtIn, ...texts }) })[0];

test('the built-in texts need no option', () => {
  expect(commandOf({})).toBe('m3lab reproduce made-up --budget small');
});

const PAIR = '--target world:id --source world:en';
const { control, otherScript } = builtIn;

test.each<[string, Partial<Texts>, string]>([
  ['another control', { control: 'world:ja' }, `${PAIR} --control world:ja --other-script ${otherScript}`],
  ['no control', { control: null, otherScript: null }, PAIR],
  ['no second control', { otherScript: null }, `${PAIR} --control ${control}`],
  [
    'validation text alone',
    { targetValidation: 'file:/some/where/held out.txt' },
    `${PAIR} --control ${control} --other-script ${otherScript} --target-validation 'file:held out.txt'`,
  ],
])('%s is named, and all texts beside it', (_, texts, options) => {
  const words = commandOf(texts)?.replace('m3lab reproduce made-up --budget small ', '');
  expect(words?.split(/ (?=--)/).sort()).toEqual(options.split(/ (?=--)/).sort());
});
