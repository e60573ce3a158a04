/** Rows of the fleet's table, from configs and records. */

import type { TrainConfig } from '../../formats/config.ts';
import { plannedSteps } from '../../recipe/outline.ts';
import { RecipeError } from '../../recipe/recipe.ts';
import type { SavedRun } from '../../worker/api/fleet.ts';
import { bitsOf, curveOf, emptyCurve, tokensPerByteOf } from './curves.ts';
import type { RunRow } from './fleetState.ts';
import { BYTE_VOCABULARY, modelScale } from './form/scale.ts';

/** A run as its record says it stands; before its first checkpoint, as its config says it will. */
export function rowOf(
  { run, config, record, step }: Pick<SavedRun, 'run' | 'config' | 'record' | 'step'>,
  slot: number,
): RunRow {
  const curve = record ? curveOf(record) : emptyCurve();
  const final = record?.final;
  const perByte = record ? tokensPerByteOf(record).target : 1;
  return {
    run,
    slot,
    id: record?.id ?? null,
    status: record?.status ?? 'waiting',
    step,
    // A record counts the steps that were taken.
    steps: stepsOf(config),
    scale: record?.realised.N ?? scaleOf(config),
    ratio: record?.realised.r ?? null,
    trainingBits: curve.training.at(-1)?.bits ?? null,
    targetBits: final?.targetBitsPerByte ?? curve.target.at(-1)?.bits ?? null,
    targetBitsError: final ? bitsOf(final.targetLossError, perByte) : null,
    sourceBits: final?.sourceBitsPerByte ?? curve.source.at(-1)?.bits ?? null,
    warnings: record?.warnings ?? [],
  };
}

/** 0 for a recipe that cannot be: it was saved by a version that could. */
function stepsOf({ recipe, optimizer, model }: TrainConfig): number {
  try {
    return plannedSteps(recipe, optimizer.batch, model.context);
  } catch (error) {
    if (error instanceof RecipeError) return 0;
    throw error;
  }
}

function scaleOf({ model, tokenizer }: TrainConfig): number | null {
  if (tokenizer.kind === 'file') return null;
  return modelScale({
    ...model,
    vocabulary: tokenizer.kind === 'bpe' ? tokenizer.vocabulary : BYTE_VOCABULARY,
  });
}

/** Rows for a fleet that is about to be prepared, so that it can be seen what will train. */
export function waitingRows(configs: readonly TrainConfig[], slots: readonly number[]): RunRow[] {
  return configs.map((config, index) =>
    rowOf({ run: config.name, config, record: null, step: 0 }, slots[index] ?? index + 1),
  );
}
