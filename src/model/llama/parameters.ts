/**
 * The parameter table: which tensors a Llama has, and where each lies in the flat arena of one run.
 *
 * Order: embedding, the blocks' matrices, the head, and last every norm gain in one stretch. So the optimiser
 * can tell decayed from undecayed by one comparison, and q, k, v (gate, up) lie back to back and serve as one
 * matrix. Each tensor starts at a multiple of 64 floats (256 bytes, the alignment WebGPU may ask of a binding).
 */

import { checkModelConfig, type LlamaConfig } from './config.ts';

export type ParameterRole = 'embedding' | 'block' | 'head';
export type ParameterInit = 'normal' | 'residual' | 'ones';

export type Parameter = {
  /** Hugging Face name, e.g. `model.layers.0.self_attn.q_proj.weight`. */
  readonly name: string;
  /** Rows (outputs) and columns (inputs), row-major; a norm gain has one row. */
  readonly rows: number;
  readonly columns: number;
  /** The same with padding up to multiples of 16; the padding holds zeros for ever. */
  readonly paddedRows: number;
  readonly paddedColumns: number;
  /** First float in the run's arena. */
  readonly offset: number;
  readonly role: ParameterRole;
  readonly init: ParameterInit;
};

export type ParameterCounts = {
  /** Token embedding; 0 when tied, for then the matrix counts once, as head. */
  readonly embedding: number;
  /** Matrices and gains of the blocks and the final norm. */
  readonly blocks: number;
  readonly head: number;
  /** N of the laws: the parameters that multiply each token, blocks + head. */
  readonly N: number;
  /** Every distinct parameter: embedding + blocks + head. */
  readonly total: number;
};

export type ParameterTable = {
  readonly config: LlamaConfig;
  readonly tensors: readonly Parameter[];
  /** Floats of one run's arena, padding included; a multiple of 1,024. */
  readonly arena: number;
  /** First float of the norm gains, which lie last and are not decayed. */
  readonly gains: number;
  /** Floats from one gain to the next: the width, rounded up to 64. */
  readonly gainStride: number;
  readonly paddedVocabulary: number;
  readonly paddedMlp: number;
  readonly counts: ParameterCounts;
};

export const TILE = 16;
const ALIGNMENT_FLOATS = 64;
const ARENA_STEP_FLOATS = 1024;

export function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}

type Draft = Omit<Parameter, 'offset' | 'paddedRows' | 'paddedColumns'>;

function matrix(
  name: string,
  rows: number,
  columns: number,
  role: ParameterRole,
  init: ParameterInit = 'normal',
): Draft {
  return { name: `${name}.weight`, rows, columns, role, init };
}

function gain(name: string, columns: number): Draft {
  return { name: `${name}.weight`, rows: 1, columns, role: 'block', init: 'ones' };
}

/** Lays out the tensors of `config`. Throws `ModelConfigError` when the shape cannot be built. */
export function parameterTable(config: LlamaConfig): ParameterTable {
  checkModelConfig(config);
  const { layers, width, mlp, vocabulary, tied } = config;
  const drafts: Draft[] = [matrix('model.embed_tokens', vocabulary, width, tied ? 'head' : 'embedding')];
  for (let layer = 0; layer < layers; layer++) {
    const block = `model.layers.${layer}`;
    for (const projection of ['q_proj', 'k_proj', 'v_proj']) {
      drafts.push(matrix(`${block}.self_attn.${projection}`, width, width, 'block'));
    }
    drafts.push(
      matrix(`${block}.self_attn.o_proj`, width, width, 'block', 'residual'),
      matrix(`${block}.mlp.gate_proj`, mlp, width, 'block'),
      matrix(`${block}.mlp.up_proj`, mlp, width, 'block'),
      matrix(`${block}.mlp.down_proj`, width, mlp, 'block', 'residual'),
    );
  }
  if (!tied) drafts.push(matrix('lm_head', vocabulary, width, 'head'));
  const gainsFrom = drafts.length;
  for (let layer = 0; layer < layers; layer++) {
    drafts.push(
      gain(`model.layers.${layer}.input_layernorm`, width),
      gain(`model.layers.${layer}.post_attention_layernorm`, width),
    );
  }
  drafts.push(gain('model.norm', width));

  let end = 0;
  let gains = 0;
  const tensors = drafts.map((draft, index) => {
    const isGain = index >= gainsFrom;
    end = roundUp(end, ALIGNMENT_FLOATS);
    if (index === gainsFrom) gains = end;
    const paddedRows = isGain ? 1 : roundUp(draft.rows, TILE);
    const paddedColumns = roundUp(draft.columns, TILE);
    const offset = end;
    end += paddedRows * paddedColumns;
    return { ...draft, paddedRows, paddedColumns, offset };
  });

  const countOf = (role: ParameterRole) =>
    tensors.reduce((sum, tensor) => sum + (tensor.role === role ? tensor.rows * tensor.columns : 0), 0);
  const embedding = countOf('embedding');
  const blocks = countOf('block');
  const head = countOf('head');
  return {
    config,
    tensors,
    arena: roundUp(end, ARENA_STEP_FLOATS),
    gains,
    gainStride: roundUp(width, ALIGNMENT_FLOATS),
    paddedVocabulary: roundUp(vocabulary, TILE),
    paddedMlp: roundUp(mlp, TILE),
    counts: { embedding, blocks, head, N: blocks + head, total: embedding + blocks + head },
  };
}

/** The tensor of that Hugging Face name. Throws when the table has none. */
export function parameter(table: ParameterTable, name: string): Parameter {
  const found = table.tensors.find((tensor) => tensor.name === name);
  if (!found) throw new Error(`no parameter is named ${name}`);
  return found;
}

/** Copies a tensor out of an arena, without padding: [rows × columns], row-major. */
export function readTensor(arena: Float32Array, tensor: Parameter): Float32Array {
  const values = new Float32Array(tensor.rows * tensor.columns);
  for (let row = 0; row < tensor.rows; row++) {
    const from = tensor.offset + row * tensor.paddedColumns;
    values.set(arena.subarray(from, from + tensor.columns), row * tensor.columns);
  }
  return values;
}

/** Copies [rows × columns] values into an arena; padding is left as it is. */
export function writeTensor(arena: Float32Array, tensor: Parameter, values: ArrayLike<number>): void {
  for (let row = 0; row < tensor.rows; row++) {
    const to = tensor.offset + row * tensor.paddedColumns;
    for (let column = 0; column < tensor.columns; column++) {
      arena[to + column] = values[row * tensor.columns + column] ?? 0;
    }
  }
}
