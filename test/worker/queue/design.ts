/** A design of a few tiny runs on the built-in languages. */

export const TARGET = 'world:sw?bytes=20000';
export const SOURCE = 'world:en?bytes=20000';

/** Runs of 24 steps of 4 windows of 16 tokens, as in `lab.ts`. */
export function designOf(changes: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    version: 1,
    name: 'tiny',
    corpora: { target: TARGET, source: SOURCE },
    model: { layers: 1, width: 32, heads: 2, mlp: 32, context: 16 },
    recipe: { targetTokens: 513, epochs: 3 },
    optimizer: { batch: 4 },
    evaluation: { every: 8, windows: 4 },
    grid: { 'recipe.ratio': [1, 0.5] },
    seeds: [0, 1],
    ...changes,
  });
}
