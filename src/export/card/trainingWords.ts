/** How a model was trained and how good it became, from its run record. */

import type { RunRecord } from '../../formats/record.ts';
import type { StartConfig } from '../../formats/start.ts';
import { thinCurve } from '../../formats/thinCurve.ts';
import { cell, code, inLine, integer, jsonBlock, short, table } from './markdown.ts';

/** Rows of the curve. */
const CURVE_ROWS = 20;

/** Sections of the card, in order. */
export function trainingWords(record: RunRecord): string[] {
  return [
    '## How it was trained',
    recipeTable(record),
    countsTable(record),
    ...countedWords(record),
    ...record.warnings.map((warning) => `Note: ${inLine(warning)}`),
    '## Losses',
    ...lossWords(record),
    ...curveWords(record),
    '## To train it again',
    againWords(record),
    jsonBlock(record.config),
    `${[`Run \`${record.id}\``, inLine(deviceWords(record)), ...versionWords(record).map(inLine)].join('; ')}.`,
  ];
}

function recipeTable({ config, realised, status, seconds }: RunRecord): string {
  const { corpora, tokenizer, optimizer, seed, start } = config;
  const { learningRate, schedule, warmup, decay, batch, betas, weightDecay, clip } = optimizer;
  const rows: [string, string][] = [
    ['recipe', realised.kind],
    ['target text', code(corpora.target)],
    ['source text', corpora.source === null ? 'none' : code(corpora.source)],
    ['tokenizer', code(JSON.stringify(tokenizer))],
    ['began with', start === undefined ? 'weights drawn from the seed' : startWords(start)],
    ['steps', `${integer(realised.steps)} of ${integer(batch)} windows`],
    [
      'learning rate',
      `${short(learningRate)}, ${schedule}, warm-up ${short(warmup)} of the steps` +
        (schedule === 'wsd' ? `, decay ${short(decay)}` : ''),
    ],
    [
      'AdamW',
      `betas ${betas.join(' and ')}, weight decay ${short(weightDecay)}, ${clip === 0 ? 'no clipping' : `gradients clipped at ${short(clip)}`}`,
    ],
    ['seed', String(seed)],
    ['ended', STATUSES[status]],
    ['time', `${integer(Math.round(seconds))} s`],
  ];
  return table(
    ['', ''],
    rows.map((row) => row.map(cell)),
  );
}

function startWords({ name, fingerprint, moments }: StartConfig): string {
  const kept =
    moments === undefined
      ? 'fresh moments of AdamW'
      : `its moments of AdamW, of step ${integer(moments.step)}`;
  return `the weights of ${inLine(name)} (fingerprint ${code(fingerprint)}), and ${kept}`;
}

/** How the run is trained anew. */
function againWords({ config: { start } }: RunRecord): string {
  const from =
    start === undefined
      ? '`m3lab train` takes it.'
      : `\`m3lab train\` takes it with the model that it began from, which is not in here: \`--from FOLDER\`${
          start.moments === undefined ? '' : ', and `--keep-moments`'
        }, where the folder holds ${inLine(start.name)}.`;
  return `This is the config of the run; ${from} Files are named here without their folders, with the SHA-256 of their text.`;
}

/** What the counts leave out. */
function countedWords({ config: { start } }: RunRecord): string[] {
  if (start === undefined) return [];
  return [
    `The counts are of this run alone: what ${inLine(start.name)} had read before is in none of them, and the recipe is that of this run.`,
  ];
}

const STATUSES: Readonly<Record<RunRecord['status'], string>> = {
  done: 'done: at its last step',
  stopped: 'stopped before its last step',
  diverged: 'diverged: its loss is no longer finite',
  failed: 'failed',
};

function countsTable({ realised }: RunRecord): string {
  const { N, D, D_T, S, k, r, r_f, r_1, s, C, flops } = realised;
  return table(
    ['count', '', 'meaning'],
    [
      ['N', integer(N), 'parameters that multiply each token'],
      ['D', integer(D), 'tokens read, of both languages'],
      ['D_T', integer(D_T), 'different target tokens'],
      ['S', integer(S), 'source tokens read'],
      ['k', short(k), 'times that the target tokens were read'],
      ['r', short(r), 'share of target tokens in D'],
      ['r_1', short(r_1), 'the same share in the first stage'],
      ['r_f', short(r_f), 'the same share in the last stage'],
      ['s', short(s), 'share of the last stage in D'],
      ['C', short(C), 'compute in floating-point operations, 6·N·D'],
      ['counted', short(flops), 'floating-point operations that the engine counts'],
    ],
  );
}

function lossWords({ final, references, status, curve }: RunRecord): string[] {
  if (final === null) return ['The run ended before its loss on held-out text was measured.'];
  const { targetLoss, targetLossError, targetBitsPerByte, sourceLoss, sourceBitsPerByte } = final;
  const rows = [
    ['target', `${targetLoss.toFixed(4)} ± ${targetLossError.toFixed(4)}`, targetBitsPerByte.toFixed(4)],
  ];
  if (sourceLoss !== null)
    rows.push([
      'source',
      sourceLoss.toFixed(4),
      sourceBitsPerByte === null ? '–' : sourceBitsPerByte.toFixed(4),
    ]);
  const floor = references?.floorBitsPerByte ?? null;
  const ngram = references?.ngramBitsPerByte ?? null;
  if (floor !== null) rows.push(['entropy of the target text', '–', floor.toFixed(4)]);
  if (ngram !== null) rows.push(['n-gram of bytes on the same target text', '–', ngram.toFixed(4)]);
  const measured =
    status === 'done'
      ? 'On all held-out text, 65,536 tokens a language at most; ± is the standard error over windows.'
      : `The last validation, at step ${integer(curve.findLast(({ targetLoss: loss }) => loss !== undefined)?.step ?? 0)}: on a sample of the held-out text; ± is the standard error over windows.`;
  return [measured, table(['', 'nats a token', 'bits a byte'], rows, true)];
}

function curveWords({ curve }: RunRecord): string[] {
  const validations = curve.filter(({ targetLoss }) => targetLoss !== undefined);
  if (validations.length === 0) return [];
  const hasSource = validations.some(({ sourceLoss }) => sourceLoss !== undefined);
  const head = ['step', 'tokens', 'training loss', 'target', ...(hasSource ? ['source'] : [])];
  const loss = (value: number | undefined) => value?.toFixed(4) ?? '–';
  const rows = thinCurve(validations, CURVE_ROWS).map((point) => [
    integer(point.step),
    integer(point.tokens),
    loss(point.loss),
    loss(point.targetLoss),
    ...(hasSource ? [loss(point.sourceLoss)] : []),
  ]);
  const left = validations.length > rows.length ? `, ${rows.length} of ${integer(validations.length)}` : '';
  return [`Validations while it trained${left}, in nats a token:`, table(head, rows, true)];
}

function deviceWords({ device }: RunRecord): string {
  const { vendor, architecture, description, software } = device;
  const names = [...new Set([vendor, architecture, description].filter((name) => name !== ''))].join(', ');
  return `trained on ${names === '' ? 'an adapter without a name' : names}${software ? ' (software: the processor did the work)' : ''}`;
}

function versionWords({ versions }: RunRecord): string[] {
  return Object.entries(versions).map(([name, version]) => `${name} ${version}`);
}
