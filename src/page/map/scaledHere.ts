/** The advised recipe, scaled down to what this device trains in about a minute, as a link to Train. */

import {
  type RecommendedRecipe,
  type ScaledRecipe,
  scaledSettings,
} from '../../formats/share/recommended.ts';
import { shareQuery } from '../../formats/shareLink.ts';

/** What all of it may take. */
const SECONDS = 60;
/** Longer than that by so much is about as long. */
const ENOUGH = 1.2;
const MOST_TIMES = 8;
/**
 * Floating-point operations a second where nothing was measured: of a graphics card in a laptop, whose small models are held up by
 * dispatches, and of a processor that plays one.
 */
const CARD_FLOPS = 6e10;
const SOFTWARE_FLOPS = 1e9;

export type ScaledHere = {
  readonly query: URLSearchParams;
  /** By how much compute was divided; 1 where the recipe is trained as it is. */
  readonly scaledBy: number;
  /** What is trained beside it: the other kinds. */
  readonly others: number;
  /** What all of it takes at that speed. */
  readonly seconds: number;
  /** Whether nothing was measured, so that the speed is a guess. */
  readonly isGuess: boolean;
};

export type Speed = {
  readonly isSoftware: boolean;
  /** Of all runs together; null where nothing was measured yet. */
  readonly flopsPerSecond: number | null;
};

/** N and D shrink alike, and D_T with D, so that k, r, r_f and D_T/D stay what they are. */
export function scaledHere(recipe: RecommendedRecipe, { isSoftware, flopsPerSecond }: Speed): ScaledHere {
  const speed = flopsPerSecond ?? (isSoftware ? SOFTWARE_FLOPS : CARD_FLOPS);
  // Beside one language run both kinds of two.
  const others = recipe.r >= 1 ? 2 : 1;
  let shrunk = Math.max(1, recipe.C / ((speed * SECONDS) / (1 + others)));
  let scaled = shrunkSettings(recipe, shrunk);
  // Models come in a few sizes: where the nearest is larger than what was asked, there is less to read.
  for (let times = 0; times < MOST_TIMES && scaled.compute > ENOUGH * SECONDS * speed; times++) {
    shrunk *= scaled.compute / (SECONDS * speed);
    scaled = shrunkSettings(recipe, shrunk);
  }
  const { settings, preset, compute } = scaled;
  const isShrunk = shrunk * scaled.scaledBy > 1;
  return {
    query: shareQuery(settings, preset),
    scaledBy: isShrunk ? Math.max(1, (recipe.C * (1 + others)) / compute) : 1,
    others,
    seconds: compute / speed,
    isGuess: flopsPerSecond === null,
  };
}

function shrunkSettings(recipe: RecommendedRecipe, by: number): ScaledRecipe {
  const shrink = Math.sqrt(by);
  return scaledSettings({ ...recipe, C: recipe.C / by, N: recipe.N / shrink, D_T: recipe.D_T / shrink });
}
