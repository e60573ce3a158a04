/**
 * The float64 oracle of the kernels that act row by row or multiply matrices.
 *
 * Written to be read, not to be fast: one loop nest per formula, no padding, no strides, no fusing. Inputs may be any
 * array of numbers, so float32 data goes in as it is; every output is float64, fresh, and row-major.
 */

type Values = ArrayLike<number>;

/** Y = X·Wᵀ: X [rows × inner], W [columns × inner] → Y [rows × columns]. A linear layer's forward pass. */
export function matmulNT(x: Values, w: Values, rows: number, columns: number, inner: number): Float64Array {
  const y = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let k = 0; k < inner; k++) sum += x[i * inner + k]! * w[j * inner + k]!;
      y[i * columns + j] = sum;
    }
  }
  return y;
}

/** Y = X·W: X [rows × inner], W [inner × columns] → Y [rows × columns]. A linear layer's gradient of its input. */
export function matmulNN(x: Values, w: Values, rows: number, columns: number, inner: number): Float64Array {
  const y = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < inner; k++) {
      const factor = x[i * inner + k]!;
      for (let j = 0; j < columns; j++) y[i * columns + j]! += factor * w[k * columns + j]!;
    }
  }
  return y;
}

/** Y = Xᵀ·W: X [inner × rows], W [inner × columns] → Y [rows × columns]. A linear layer's gradient of its weight. */
export function matmulTN(x: Values, w: Values, rows: number, columns: number, inner: number): Float64Array {
  const y = new Float64Array(rows * columns);
  for (let k = 0; k < inner; k++) {
    for (let i = 0; i < rows; i++) {
      const factor = x[k * rows + i]!;
      for (let j = 0; j < columns; j++) y[i * columns + j]! += factor * w[k * columns + j]!;
    }
  }
  return y;
}

/**
 * RMSNorm (Zhang & Sennrich 2019): y = x · rstd · gain, rstd = 1/√(mean(x²) + epsilon) of each row.
 * x [rows × columns], gain [columns] → y [rows × columns], rstd [rows].
 */
export function rmsnormForward(
  x: Values,
  gain: Values,
  rows: number,
  columns: number,
  epsilon: number,
): { y: Float64Array; rstd: Float64Array } {
  const y = new Float64Array(rows * columns);
  const rstd = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let squares = 0;
    for (let j = 0; j < columns; j++) squares += x[i * columns + j]! ** 2;
    const scale = 1 / Math.sqrt(squares / columns + epsilon);
    rstd[i] = scale;
    for (let j = 0; j < columns; j++) y[i * columns + j] = x[i * columns + j]! * scale * gain[j]!;
  }
  return { y, rstd };
}

/**
 * With x̂ = x·rstd: dx = rstd · (dy·gain − x̂ · mean(dy·gain·x̂)), dgain = Σ over rows of dy·x̂.
 * dy, x [rows × columns], gain [columns], rstd [rows] → dx [rows × columns], dgain [columns].
 */
export function rmsnormBackward(
  dy: Values,
  x: Values,
  gain: Values,
  rstd: Values,
  rows: number,
  columns: number,
): { dx: Float64Array; dgain: Float64Array } {
  const dx = new Float64Array(rows * columns);
  const dgain = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    const scale = rstd[i]!;
    let mean = 0;
    for (let j = 0; j < columns; j++) {
      const normed = x[i * columns + j]! * scale;
      mean += (dy[i * columns + j]! * gain[j]! * normed) / columns;
      dgain[j]! += dy[i * columns + j]! * normed;
    }
    for (let j = 0; j < columns; j++) {
      const normed = x[i * columns + j]! * scale;
      dx[i * columns + j] = scale * (dy[i * columns + j]! * gain[j]! - normed * mean);
    }
  }
  return { dx, dgain };
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** SwiGLU (Shazeer 2020): silu(gate)·up, elementwise, silu(x) = x·sigmoid(x). */
export function swigluForward(gate: Values, up: Values): Float64Array {
  const y = new Float64Array(gate.length);
  for (let i = 0; i < y.length; i++) y[i] = gate[i]! * sigmoid(gate[i]!) * up[i]!;
  return y;
}

/** dgate = dy·up·silu′(gate), silu′(x) = s·(1 + x·(1 − s)) with s = sigmoid(x); dup = dy·silu(gate). */
export function swigluBackward(
  dy: Values,
  gate: Values,
  up: Values,
): { dgate: Float64Array; dup: Float64Array } {
  const dgate = new Float64Array(gate.length);
  const dup = new Float64Array(gate.length);
  for (let i = 0; i < dgate.length; i++) {
    const x = gate[i]!;
    const s = sigmoid(x);
    dgate[i] = dy[i]! * up[i]! * s * (1 + x * (1 - s));
    dup[i] = dy[i]! * x * s;
  }
  return { dgate, dup };
}

/** Row `tokens[i]` of table [vocabulary × width] becomes row i → [tokens × width]. */
export function embeddingForward(tokens: Values, table: Values, width: number): Float64Array {
  const x = new Float64Array(tokens.length * width);
  for (let i = 0; i < tokens.length; i++) {
    for (let j = 0; j < width; j++) x[i * width + j] = table[tokens[i]! * width + j]!;
  }
  return x;
}

/** Each row of dx [tokens × width] is added to the row of its token → [vocabulary × width]. */
export function embeddingBackward(
  tokens: Values,
  dx: Values,
  vocabulary: number,
  width: number,
): Float64Array {
  const dtable = new Float64Array(vocabulary * width);
  for (let i = 0; i < tokens.length; i++) {
    for (let j = 0; j < width; j++) dtable[tokens[i]! * width + j]! += dx[i * width + j]!;
  }
  return dtable;
}

/**
 * Softmax cross-entropy of each row: nats = log Σ exp(logits) − logits[target]; dlogits = scale·(softmax − one-hot).
 * logits [rows × columns], targets [rows]; `scale` is 1/rows for the gradient of the mean.
 */
export function crossEntropy(
  logits: Values,
  targets: Values,
  rows: number,
  columns: number,
  scale: number = 1 / rows,
): { nats: Float64Array; dlogits: Float64Array } {
  const nats = new Float64Array(rows);
  const dlogits = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    let largest = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < columns; j++) largest = Math.max(largest, logits[i * columns + j]!);
    let sum = 0;
    for (let j = 0; j < columns; j++) sum += Math.exp(logits[i * columns + j]! - largest);
    const logSum = largest + Math.log(sum);
    nats[i] = logSum - logits[i * columns + targets[i]!]!;
    for (let j = 0; j < columns; j++) {
      const probability = Math.exp(logits[i * columns + j]! - logSum);
      dlogits[i * columns + j] = scale * (probability - (j === targets[i] ? 1 : 0));
    }
  }
  return { nats, dlogits };
}
