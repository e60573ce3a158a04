/** The shape of a decoder-only Llama, as Hugging Face's `LlamaForCausalLM` means it. */

export type LlamaConfig = {
  /** Decoder blocks, 1 or more. */
  readonly layers: number;
  /** Width of the residual stream; heads × headDim. */
  readonly width: number;
  /** Attention heads; every head has its own keys and values. */
  readonly heads: number;
  /** Inner width of the SwiGLU block. */
  readonly mlp: number;
  /** Tokens a window, a multiple of 16 between 16 and 1,024. */
  readonly context: number;
  /** Distinct tokens, 256 to 65,536: a token is stored in 16 bits. */
  readonly vocabulary: number;
  /** Whether the output head is the token embedding. */
  readonly tied: boolean;
};

export const NORM_EPSILON = 1e-5;
export const ROTARY_BASE = 10_000;

const HEAD_DIMS: readonly number[] = [16, 32, 64];
const CONTEXT_STEP_TOKENS = 16;

/** A model shape that cannot be built; `field` is the name in the train config. */
export class ModelConfigError extends Error {
  override readonly name = 'ModelConfigError';
  readonly field: keyof LlamaConfig;
  readonly problem: string;
  constructor(field: keyof LlamaConfig, problem: string) {
    super(`model.${field}: ${problem}`);
    this.field = field;
    this.problem = problem;
  }
}

/** Features of one head: width / heads. */
export function headDim(config: LlamaConfig): number {
  return config.width / config.heads;
}

/** Throws {@link ModelConfigError} at the first field that no engine of ours can build. */
export function checkModelConfig(config: LlamaConfig): void {
  const { layers, width, heads, mlp, context, vocabulary } = config;
  for (const field of ['layers', 'width', 'heads', 'mlp', 'context', 'vocabulary'] as const) {
    const value = config[field];
    if (!Number.isInteger(value) || value < 1) {
      throw new ModelConfigError(field, `${value} is not a whole number of 1 or more`);
    }
  }
  if (layers > 64) throw new ModelConfigError('layers', `${layers} is more than 64`);
  if (width % heads !== 0) {
    throw new ModelConfigError('width', `${width} is not divisible by ${heads} heads`);
  }
  if (!HEAD_DIMS.includes(width / heads)) {
    throw new ModelConfigError(
      'heads',
      `${width} / ${heads} gives heads of ${width / heads} features; choose heads so that width / heads is 16, 32 or 64`,
    );
  }
  if (mlp > 65_536) throw new ModelConfigError('mlp', `${mlp} is more than 65,536`);
  if (context % CONTEXT_STEP_TOKENS !== 0 || context < 16 || context > 1024) {
    throw new ModelConfigError('context', `${context} is not a multiple of 16 between 16 and 1,024`);
  }
  if (vocabulary < 256 || vocabulary > 65_536) {
    throw new ModelConfigError('vocabulary', `${vocabulary} is not between 256 and 65,536`);
  }
}
