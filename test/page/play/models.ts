/** Models as the worker tells of them, and workers that answer as they are told. */

import type { Clients } from '../../../src/page/play/openModels.ts';
import type { ModelFacts } from '../../../src/worker/api/models.ts';
import type { Failure, Outcome } from '../../../src/worker/api/outcome.ts';

export function modelFacts(id: string, change: Partial<ModelFacts> = {}): ModelFacts {
  const shape = { layers: 1, width: 32, heads: 2, mlp: 64, context: 32, tied: false };
  return {
    id,
    name: `Model ${id}`,
    origin: 'trained',
    isKept: false,
    keptAs: null,
    isTraining: false,
    kind: 'multi-lingual two-stage',
    parameters: 27_232,
    shape,
    context: shape.context,
    vocabulary: 257,
    tokenizer: 'bytes',
    start: null,
    step: 96,
    targetLoss: 1.5,
    targetBitsPerByte: 2.164,
    parity: null,
    said: [],
    ...change,
  };
}

export function failureOf(kind: Failure['kind'], change: Partial<Failure> = {}): Outcome<never> {
  return { ok: false, failure: { kind, message: `It failed: ${kind}.`, advice: '', ...change } };
}

type Sent = { readonly command: string; readonly model?: string; readonly [more: string]: unknown };
export type Answers = Readonly<Record<string, (command: Sent, signal: AbortSignal | undefined) => unknown>>;

/** Both workers. What a function of `answers` gives is the command's outcome; a bare value is taken for one that succeeded. */
export function clientsOf(answers: Answers): { readonly clients: Clients; readonly sent: string[] } {
  const sent: string[] = [];
  const known: Answers = {
    readModel: ({ model }) => ({ id: model, name: model, files: {} }),
    openModel: () => ({ model: '', runtime: '', context: 32, vocabulary: 257, closed: [] }),
    ...answers,
  };
  const send = async (command: Sent, { signal }: { signal?: AbortSignal } = {}) => {
    sent.push([command.command, command.model].filter(Boolean).join(' '));
    const answer = await known[command.command]?.(command, signal);
    if (answer === undefined) throw new RangeError(`nobody answers ${command.command}`);
    const isOutcome = typeof answer === 'object' && answer !== null && 'ok' in answer;
    return isOutcome ? answer : { ok: true, value: answer };
  };
  const client = { send } as unknown as Clients['client'];
  return { clients: { client, play: client as unknown as Clients['play'] }, sent };
}
