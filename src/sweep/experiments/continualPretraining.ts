/** `continual-pretraining`: how much target text does a model save that has read the source language before? */

import {
  continualDesigns,
  EXPERIMENT,
  modelsOf,
  RATES_ROUND,
  ROUND,
  rateDesigns,
} from './continualPretraining/design.ts';
import { findingsOf } from './continualPretraining/findings.ts';
import { fitContinual } from './continualPretraining/fit.ts';
import { rateCheckOf } from './continualPretraining/rateCheck.ts';
import { curvesOf, runsThatBegan, savingsOf, summaryOf } from './continualPretraining/savings.ts';
import { figuresOf, lawTable, savingsTable } from './continualPretraining/shown.ts';
import type { Experiment } from './experiment.ts';
import { notingRates } from './rateNotes.ts';
import { ratesRounds, ratesTable } from './rates.ts';
import { MONOLINGUAL, TWO_STAGE } from './results.ts';
import { noiseOf } from './spread.ts';

export const continualPretraining: Experiment = {
  name: EXPERIMENT,
  title: 'How much target text does a model save that has read the source language before?',
  rounds: [
    ...ratesRounds,
    {
      name: ROUND,
      why: 'trains on the target alone, from scratch and from a model of the source, at several lengths and sizes',
      designs: continualDesigns,
    },
    {
      name: RATES_ROUND,
      why: 'repeats the shortest length of one model at half and double the learning rates, both ways',
      designs: rateDesigns,
    },
  ],
  report: async (results, setting, watch = {}) => {
    const scratchRuns = runsThatBegan(results, 'from scratch');
    const sourceRuns = runsThatBegan(results, 'from the source');
    const noise = noiseOf([...scratchRuns, ...sourceRuns]);
    const [scratch, source] = [curvesOf(scratchRuns), curvesOf(sourceRuns)];
    const savings = savingsOf(scratch, source, noise);
    const fit = await fitContinual(scratchRuns, sourceRuns, noise, watch);
    return {
      findings: notingRates(
        findingsOf({
          summary: summaryOf(scratch, source, noise),
          rateCheck: rateCheckOf(results, noise),
          fit,
          noise,
        }),
        results,
        setting,
        modelsOf(setting),
        [MONOLINGUAL, TWO_STAGE],
      ),
      tables: [savingsTable(savings, noise), lawTable(fit), ratesTable(results, setting)],
      figures: figuresOf(scratch, source, savings, noise),
    };
  },
};
