/** Designs to begin with, on the built-in languages: small enough for a laptop, each with one question. */

export type Preset = {
  readonly id: string;
  readonly title: string;
  /** The question, in a sentence. */
  readonly question: string;
  readonly design: Readonly<Record<string, unknown>>;
};

const L2_W16 = { layers: 2, width: 16, heads: 1, mlp: 44 };
const L2_W32 = { layers: 2, width: 32, heads: 2, mlp: 88 };

/** As the named experiments train: long enough a warm-up for runs of every length to begin alike. */
const COMMON = {
  corpora: { target: 'world:id', source: 'world:en' },
  optimizer: { learningRate: 0.012, schedule: 'wsd', decay: 0.3, betas: [0.9, 0.98], batch: 2 },
  warmupSteps: 40,
} as const;

export const PRESETS: readonly Preset[] = [
  {
    id: 'first',
    title: 'Eight small runs',
    question:
      'Does a second language help where there is little text, and where there is four times as much?',
    design: {
      version: 1,
      name: 'eight small runs',
      ...COMMON,
      model: L2_W16,
      grid: { 'recipe.targetTokens': [4097, 16385], 'recipe.ratio': [1, 0.25] },
      compute: [2e9],
      seeds: [1, 2],
    },
  },
  {
    id: 'phase-shift',
    title: 'Phase shift in the small',
    question: 'Which kind of recipe wins as the text grows, all at one budget?',
    design: {
      version: 1,
      name: 'phase shift',
      ...COMMON,
      model: L2_W16,
      grid: {
        'recipe.targetTokens': [2049, 8193, 32769, 131073],
        'recipe.ratio': [1, 0.5, 0.2],
        'recipe.finalRatio': [1, 0.5, 0.2],
      },
      compute: [1.5e10],
      seeds: [1, 2],
    },
  },
  {
    id: 'epochs',
    title: 'Epochs and their limit',
    question: 'How often may a text be read again before it teaches nothing new?',
    design: {
      version: 1,
      name: 'epochs',
      ...COMMON,
      model: L2_W32,
      recipe: { ratio: 1 },
      optimizer: { ...COMMON.optimizer, learningRate: 0.004 },
      grid: { 'recipe.targetTokens': [4097, 16385], 'recipe.epochs': [1, 2, 4, 8, 16, 32] },
      seeds: [1, 2],
    },
  },
  {
    id: 'ratio',
    title: 'How much of the source',
    question: 'Which share of the tokens should be the target language, in one stage?',
    design: {
      version: 1,
      name: 'ratio',
      ...COMMON,
      model: L2_W16,
      recipe: { targetTokens: 8193 },
      grid: { 'recipe.ratio': [1, 0.7, 0.5, 0.35, 0.25, 0.15, 0.1] },
      compute: [1e10],
      seeds: [1, 2],
    },
  },
  {
    id: 'sizes',
    title: 'Model size',
    question: 'How large should the model be for a budget, where text is plenty?',
    design: {
      version: 1,
      name: 'model size',
      ...COMMON,
      recipe: { targetTokens: 1_000_001, ratio: 1 },
      optimizer: { ...COMMON.optimizer, learningRate: 0.006 },
      grid: { model: [L2_W16, L2_W32, { layers: 2, width: 48, heads: 3, mlp: 132 }] },
      compute: [3e9, 1e10, 3e10],
      seeds: [1, 2],
    },
  },
  {
    id: 'adaptive',
    title: 'Rounds that choose themselves',
    question: 'Below how much text does a second language help? A fit looks for it with few runs.',
    design: {
      version: 1,
      name: 'threshold',
      ...COMMON,
      model: L2_W16,
      grid: {
        'recipe.targetTokens': [2049, 4097, 8193, 16385, 32769, 65537],
        'recipe.ratio': [1, 0.5, 0.25, 0.1],
        'recipe.finalRatio': [1, 0.5, 0.25, 0.1],
      },
      compute: [4e9, 1e10],
      adaptive: { runs: 8 },
    },
  },
];
