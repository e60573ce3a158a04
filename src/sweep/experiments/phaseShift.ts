/** `phase-shift`: does the best recipe shift from monolingual to two-stage as target text gets scarce, and where? */

import type { SweepDesign } from '../../formats/sweepDesignFields.ts';
import { RECIPE_KINDS } from '../../law/point.ts';
import type { Experiment, Report } from './experiment.ts';
import { optimum, sizesRound } from './grid.ts';
import { analyse } from './phaseShift/analysis.ts';
import { controlFinding, noiseFinding, rewarmFinding, settingsFinding } from './phaseShift/checks.ts';
import { checkDesigns, checksRound } from './phaseShift/checksRound.ts';
import { controlSeedsRound } from './phaseShift/controlRound.ts';
import { figuresOf } from './phaseShift/figures.ts';
import {
  gridDesigns,
  gridRound,
  highestGridRound,
  seedDesigns,
  seedsRound,
  widerGridRound,
} from './phaseShift/gridRounds.ts';
import { typicalAt } from './phaseShift/known.ts';
import { movementFinding } from './phaseShift/movement.ts';
import { PHASE_SHIFT, ROUNDS } from './phaseShift/places.ts';
import { shiftFindings } from './phaseShift/shift.ts';
import { singleStageFinding } from './phaseShift/singleStage.ts';
import { tablesOf } from './phaseShift/tables.ts';
import { notingRates } from './rateNotes.ts';
import { ratesRound, ratesRounds } from './rates.ts';
import type { Setting } from './settings.ts';

export const phaseShift: Experiment = {
  name: PHASE_SHIFT,
  title: 'Does the best recipe shift from monolingual to two-stage as target text gets scarce, and where?',
  rounds: [
    ...ratesRounds,
    sizesRound,
    gridRound,
    highestGridRound,
    widerGridRound,
    seedsRound,
    checksRound,
    controlSeedsRound,
  ],
  foreseen,
  report: (results, setting): Report => {
    const analyses = analyse(results, setting);
    const findings = [
      ...shiftFindings(analyses),
      movementFinding(analyses),
      singleStageFinding(analyses),
      settingsFinding(analyses),
      controlFinding(analyses, setting),
      rewarmFinding(analyses),
      noiseFinding(analyses, setting),
    ];
    const models = new Set(setting.computes.map((compute) => optimum(results, setting, compute).model));
    return {
      findings: notingRates(findings, results, setting, [...models], RECIPE_KINDS),
      tables: tablesOf(analyses, results, setting),
      figures: figuresOf(analyses),
    };
  },
};

/** All rounds, with the threshold at a typical share of D* and the recipes that are often best there. */
function foreseen(setting: Setting): SweepDesign[] {
  return [
    ...ratesRound.designs([], setting),
    ...sizesRound.designs([], setting),
    ...setting.computes.flatMap((compute) => {
      const known = typicalAt(setting, compute);
      return [
        ...gridDesigns([], setting, compute, ROUNDS.grid),
        ...seedDesigns([], setting, known),
        ...checkDesigns([], setting, known),
      ];
    }),
  ];
}
