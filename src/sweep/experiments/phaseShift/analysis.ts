/** All that the runs say at each C: leads, threshold, and what the checks found there. */

import type { RecipeKind } from '../../../law/point.ts';
import type { ResultRun } from '../experiment.ts';
import { MONOLINGUAL, recipeKind, SINGLE_STAGE, TWO_STAGE } from '../results.ts';
import type { Setting } from '../settings.ts';
import { NOISE, REWARM } from './checksRound.ts';
import { CONTROL, OTHER_SCRIPT } from './controlRound.ts';
import { effortAt, isNarrow } from './effort.ts';
import {
  bestOf,
  type Contender,
  contenderOf,
  givenContender,
  type Margin,
  marginOf,
  signOf,
} from './margins.ts';
import { type BudgetView, leadAt, type Place, runsAt, viewAt } from './places.ts';
import { type ThresholdEstimate, thresholdAt, thresholdOf } from './threshold.ts';

export type BudgetAnalysis = {
  readonly view: BudgetView;
  /** Whether the grid is only what a lower C points to: a few D_T, and few ratios. */
  readonly isNarrow: boolean;
  readonly threshold: ThresholdEstimate | null;
  readonly settings: SettingsCheck | null;
  readonly rewarm: RewarmCheck | null;
  /** From the most target text. */
  readonly control: readonly ControlPlace[];
  /** The same with the second control. */
  readonly otherScript: readonly ControlPlace[];
  readonly noisy: {
    readonly places: readonly Place[];
    readonly threshold: ThresholdEstimate | null;
  };
};

/** The winner at one D_T under other optimiser settings. */
export type SettingsCheck = {
  readonly place: Place;
  readonly base: Margin;
  readonly others: readonly {
    readonly variant: string;
    readonly monolingual: Contender;
    readonly twoStage: Contender;
    readonly lead: Margin;
  }[];
  /** Variants that are to be tried at this C and are not there. */
  readonly missing: readonly string[];
  /** Variants in which the other kind wins. */
  readonly changed: readonly string[];
  /** Variants in which neither does. */
  readonly ties: readonly string[];
};

export type RewarmCheck = {
  readonly place: Place;
  readonly rewarmed: Contender;
  /** By how much the re-warmed run is better than the best monolingual one. */
  readonly gain: Margin;
  /** By how much two-stage is better than the re-warmed run. */
  readonly rest: Margin;
};

export type ControlPlace = {
  readonly place: Place;
  readonly control: Contender;
  /** By how much two-stage leads monolingual, with the source and with the unrelated one. */
  readonly gain: Margin;
  readonly controlGain: Margin;
  /** By how much the source is better than the unrelated one. */
  readonly language: Margin;
};

/** One for each C of the setting. */
export function analyse(results: readonly ResultRun[], setting: Setting): BudgetAnalysis[] {
  return setting.computes.map((compute) => {
    const view = viewAt(results, setting, compute);
    const noisyPlaces = noisyPlacesOf(results, view);
    return {
      view,
      isNarrow: isNarrow(setting, compute),
      threshold: thresholdAt(view),
      settings: settingsCheck(results, setting, view),
      rewarm: rewarmCheck(results, view),
      control: controlPlaces(results, view, CONTROL),
      otherScript: controlPlaces(results, view, OTHER_SCRIPT),
      noisy: {
        places: noisyPlaces,
        threshold: thresholdOf(noisyPlaces, Math.round(compute / 1e9) + 1),
      },
    };
  });
}

export const BEST_OF_SETTINGS = 'each kind at its best of these';

function settingsCheck(
  results: readonly ResultRun[],
  setting: Setting,
  view: BudgetView,
): SettingsCheck | null {
  const variants = effortAt(setting, view.compute).checks.settings;
  const runs = variants.flatMap((variant) => runsAt(results, view.compute, variant));
  const place = view.places.find(({ targetTokens }) => runs[0]?.nominal.D_T === targetTokens);
  const base = place && leadAt(place);
  if (!place || !base) return null;
  const under = (variant: string, variantsOf: readonly string[], extra: Partial<Place['best']> = {}) => {
    const ofKind = (kind: typeof MONOLINGUAL | typeof TWO_STAGE) => {
      const tried = variantsOf.map((one) =>
        givenContender(
          runsAt(results, view.compute, one).filter((run) => recipeKind(run) === kind),
          place.noise[kind],
        ),
      );
      return bestOf([...tried, extra[kind] ?? null].filter((one) => one !== null));
    };
    const [monolingual, twoStage] = [ofKind(MONOLINGUAL), ofKind(TWO_STAGE)];
    const lead = marginOf(monolingual, twoStage);
    return monolingual && twoStage && lead ? [{ variant, monolingual, twoStage, lead }] : [];
  };
  const others = variants.flatMap((variant) => under(variant, [variant]));
  const missing = variants.filter((variant) => !others.some((other) => other.variant === variant));
  // Both kinds are chosen among as many settings, so that their luck is alike.
  const best = under(BEST_OF_SETTINGS, variants, place.best);
  const all = [...others, ...best];
  const isOpposite = (lead: Margin) => signOf(lead) !== 0 && signOf(lead) === -Math.sign(base.value);
  return {
    place,
    base,
    others: all,
    missing,
    changed: all.filter(({ lead }) => isOpposite(lead)).map(({ variant }) => variant),
    ties: all.filter(({ lead }) => signOf(lead) === 0).map(({ variant }) => variant),
  };
}

function rewarmCheck(results: readonly ResultRun[], view: BudgetView): RewarmCheck | null {
  const runs = runsAt(results, view.compute, REWARM);
  const place = view.places.find(({ targetTokens }) => runs[0]?.nominal.D_T === targetTokens);
  const rewarmed = place ? contenderOf(runs, place.noise[MONOLINGUAL]) : null;
  if (!rewarmed || !place) return null;
  const gain = marginOf(place.best[MONOLINGUAL], rewarmed);
  const rest = marginOf(rewarmed, place.best[TWO_STAGE]);
  return gain && rest ? { place, rewarmed, gain, rest } : null;
}

function controlPlaces(results: readonly ResultRun[], view: BudgetView, variant: string): ControlPlace[] {
  const runs = runsAt(results, view.compute, variant);
  return view.places.flatMap((place) => {
    const control = contenderOf(
      runs.filter(({ nominal }) => nominal.D_T === place.targetTokens),
      place.noise[TWO_STAGE],
    );
    const gain = leadAt(place);
    if (!control || !gain) return [];
    const controlGain = marginOf(place.best[MONOLINGUAL], control);
    const language = marginOf(control, place.best[TWO_STAGE]);
    return controlGain && language ? [{ place, control, gain, controlGain, language }] : [];
  });
}

/** One recipe a kind at each D_T, which clean text chose. */
function noisyPlacesOf(results: readonly ResultRun[], { compute, places }: BudgetView): Place[] {
  const runs = runsAt(results, compute, NOISE);
  return places.flatMap(({ targetTokens, noise }) => {
    const here = runs.filter(({ nominal }) => nominal.D_T === targetTokens);
    const bestOf = (kind: RecipeKind) =>
      givenContender(
        here.filter((run) => recipeKind(run) === kind),
        noise[kind],
      );
    const best = { [MONOLINGUAL]: bestOf(MONOLINGUAL), [SINGLE_STAGE]: null, [TWO_STAGE]: bestOf(TWO_STAGE) };
    return here.length === 0 ? [] : [{ targetTokens, best, noise }];
  });
}
