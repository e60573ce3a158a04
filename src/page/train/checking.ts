/** Has the worker check the fleet as the form stands, a moment after the last change, and say what it would take. */

import { effect } from '@preact/signals-core';
import type { RecipeSettings } from '../../formats/share/settings.ts';
import type { Failure } from '../../worker/api/outcome.ts';
import type { LabClient } from '../lab.ts';
import { fieldFor } from './form/configFields.ts';
import { startOf } from './form/startFrom.ts';
import type { Refusal } from './formState.ts';
import type { TrainState } from './state.ts';

const QUIET_MS = 250;

/** Where on the page a failure belongs, or null when it is no field's and no text's. */
export function refusalOf(failure: Failure, recipes: readonly RecipeSettings[]): Refusal | null {
  const { field, problem, run } = failure;
  if (field === undefined || problem === undefined) return null;
  if (field.startsWith('corpora.target')) return { at: 'target', problem };
  if (field.startsWith('corpora.source')) return { at: 'source', problem };
  const at = fieldFor(
    field,
    recipes.find(({ name }) => name.trim() === run),
  );
  return at === undefined ? null : { at, problem };
}

/** Keeps `form.refusal` and `form.outlook` true to the form; what the form refuses by itself is not asked. Gives a stop. */
export function keepChecking({ form, fleet }: TrainState, client: LabClient): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return effect(() => {
    const { configs } = form.reading.value;
    const start = startOf(form.start.value);
    const busy = fleet.busy.value;
    clearTimeout(timer);
    form.refusal.value = null;
    if (!configs) form.outlook.value = null;
    if (!configs || busy) return;
    timer = setTimeout(async () => {
      const outcome = await client.send({ command: 'check', configs, ...start });
      // A slow answer may come when the form already says something else.
      if (form.reading.peek().configs !== configs) return;
      form.refusal.value = outcome.ok ? null : refusalOf(outcome.failure, form.values.peek().recipes);
      form.outlook.value = outcome.ok ? outcome.value : null;
    }, QUIET_MS);
  });
}
