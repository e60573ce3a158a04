/** Runs as they ship with the lab, made by a known law: the same whatever has been measured by now. */

import type { BrowserContext } from 'playwright-core';
import { parseTrainConfig, recordConfig, runId } from '../../src/formats/config.ts';
import type { RunRecord } from '../../src/formats/record.ts';
import { type ShippedRuns, shippedRunOf } from '../../src/formats/shippedRun.ts';
import { coordinatesOf, predictLoss } from '../../src/law/law.ts';
import { lawNamed } from '../../src/law/laws/catalogue.ts';
import { pointOf } from '../../src/law/point.ts';
import { runRecord } from '../formats/runs/exampleRecord.ts';
import { normals } from '../reference/random.ts';

/** Of models of ten to fifty thousand parameters and texts of kilobytes. */
const TRUE_M3 = {
  ...{ E: 1.1, A: 20, alpha: 0.35, B: 60, beta: 0.37 },
  ...{ Rstar: 15, tau: 0.25, phi: 0.3, omega: 0.7 },
};
/** Standard deviation of log loss, from seed to seed. */
const NOISE = 0.004;

const BUDGETS_FLOP = [3e10, 1.2e11];
const SCALES = [
  { N: 12_000, layers: 1, width: 24 },
  { N: 42_000, layers: 2, width: 40 },
];
const TARGET_TOKENS = [4096, 8192, 16_384, 32_768, 65_536, 131_072];
const MIXES = [
  { kind: 'monolingual single-stage', r: 1, r_f: 1, r_1: 1 },
  { kind: 'multi-lingual single-stage', r: 0.5, r_f: 0.5, r_1: 0.5 },
  { kind: 'multi-lingual single-stage', r: 0.2, r_f: 0.2, r_1: 0.2 },
  { kind: 'multi-lingual two-stage', r: 0.5, r_f: 1, r_1: 0 },
  { kind: 'multi-lingual two-stage', r: 0.25, r_f: 0.9, r_1: 0 },
] as const;
const SEEDS = [1, 2];
const CURVE_POINTS = 8;

export const SHIPPED_COLLECTION = 'phase-shift';

/** Records in which the losses are the law's, with noise that is the same every time. */
export function madeRecords(): RunRecord[] {
  const noise = normals(11, 4000);
  let drawn = 0;
  return BUDGETS_FLOP.flatMap((C) =>
    SCALES.flatMap((scale) =>
      TARGET_TOKENS.flatMap((D_T) =>
        MIXES.flatMap((mix) =>
          SEEDS.flatMap((seed) => {
            const D = Math.round(C / (6 * scale.N));
            return D * mix.r < D_T
              ? []
              : [madeRecord({ ...scale, ...mix, C, D, D_T, seed }, noise[drawn++] ?? 0)];
          }),
        ),
      ),
    ),
  );
}

type Made = (typeof SCALES)[number] & (typeof MIXES)[number] & Record<'C' | 'D' | 'D_T' | 'seed', number>;

function madeRecord(
  { kind, N, layers, width, C, D, D_T, r, r_f, r_1, seed }: Made,
  noise: number,
): RunRecord {
  const law = lawNamed('m3');
  const k = (r * D) / D_T;
  const s = r_f === r ? 1 : (r - r_1) / (r_f - r_1);
  const targetLoss =
    predictLoss(law, pointOf({ N, D_T, k, r, r_f }), coordinatesOf(law, TRUE_M3)) * Math.exp(NOISE * noise);
  const context = 64;
  const batch = 4;
  const config = parseTrainConfig(
    {
      version: 1,
      name: `${kind} D_T ${D_T} r ${r} seed ${seed}`,
      corpora: { target: 'world:id', source: 'world:en' },
      model: { layers, width, heads: 2, mlp: 2 * width, context },
      recipe: { targetTokens: D_T, epochs: k, ratio: r, finalRatio: r_f, firstRatio: r_1 },
      optimizer: { batch },
      seed,
    },
    'made',
  );
  const steps = Math.floor(D / (batch * context));
  const losses = {
    targetLoss,
    targetLossError: 0.003,
    targetBitsPerByte: targetLoss / Math.LN2,
    sourceLoss: null,
    sourceBitsPerByte: null,
  };
  return runRecord(
    {
      id: runId(recordConfig(config)),
      config,
      curve: Array.from({ length: CURVE_POINTS }, (_, point) => {
        const share = (point + 1) / CURVE_POINTS;
        const loss = targetLoss + 3 * (1 - share) ** 2;
        return { step: Math.round(share * steps), tokens: Math.round(share * D), loss, targetLoss: loss };
      }),
      final: { ...losses, best: { ...losses, step: steps } },
      status: 'done',
    },
    { kind, N, D, D_T, S: Math.round((1 - r) * D), k, r, r_f, r_1, s, C, flops: 1.2 * C, steps },
  );
}

/** The file that the page fetches. */
export function madeShippedRuns(): ShippedRuns {
  return { version: 1, runs: madeRecords().map((record) => shippedRunOf(record, SHIPPED_COLLECTION)) };
}

let made: string | undefined;

/** Answers in the place of what was built in. */
export async function routeShippedRuns(context: BrowserContext, shipped: 'made' | 'none'): Promise<void> {
  made ??= JSON.stringify(madeShippedRuns());
  const body = shipped === 'made' ? made : JSON.stringify({ version: 1, runs: [] });
  await context.route('**/measured-runs-*.json', (route) =>
    route.fulfill({ contentType: 'application/json', body }),
  );
}
