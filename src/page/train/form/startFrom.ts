/** What a model that trainings start from makes of the form: its shape and its tokenizer are no longer a person's to choose. */

import type { FleetSettings, SharedField } from '../../../formats/share/settings.ts';
import type { StartChosen } from '../../models/modelShelf.ts';

export const SHAPE_FIELDS = [
  'layers',
  'width',
  'heads',
  'mlp',
  'context',
] as const satisfies readonly SharedField[];

const TAKEN: ReadonlySet<SharedField> = new Set([...SHAPE_FIELDS, 'vocabulary', 'sourceShare']);

/** Whether the number of a field comes from the model. */
export function isTaken(field: SharedField, start: StartChosen): boolean {
  return start !== null && start !== 'gone' && TAKEN.has(field);
}

/** The settings as they are trained. The tokenizer's own name goes into the configs where the model is at hand: until then bytes stand there. */
export function withStart(values: FleetSettings, start: StartChosen): FleetSettings {
  if (start === null || start === 'gone') return values;
  const { shape } = start;
  const taken = Object.fromEntries(SHAPE_FIELDS.map((field) => [field, String(shape[field])]));
  return { ...values, text: { ...values.text, ...taken }, tied: shape.tied, tokenizer: 'bytes' };
}

/** What a command says of it. */
export function startOf(start: StartChosen): { readonly start?: string } {
  return start === null || start === 'gone' ? {} : { start: start.id };
}

/** Why nothing can start from it. */
export function startProblem(start: StartChosen): string | undefined {
  if (start === 'gone')
    return 'This model is no longer here: one of the last fleet goes when another is trained, unless it is kept in Play. Choose another, or new weights.';
  if (start?.isTraining)
    return `${start.name} is in training; wait until its fleet is over, or choose another.`;
  return undefined;
}
