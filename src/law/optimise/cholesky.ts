/** Small symmetric systems on some of the coordinates, as a search at bounds solves them: no allocation, nothing to free. */

/** Added to the diagonal, relative to it, where the matrix is not positive; times ten until it is. */
const FIRST_RIDGE = 1e-12;
const LAST_RIDGE = 1e3;

export class SubsetCholesky {
  private readonly factor: Float64Array;
  private readonly scale: Float64Array;
  private readonly right: Float64Array;
  private indices: Int32Array;
  private readonly dimension: number;
  private count = 0;

  constructor(dimension: number) {
    this.dimension = dimension;
    this.factor = new Float64Array(dimension * dimension);
    this.scale = new Float64Array(dimension);
    this.right = new Float64Array(dimension);
    this.indices = new Int32Array(dimension);
  }

  /**
   * Factors the rows and columns `indices[0 … count−1]` of a dimension × dimension matrix, scaled to a diagonal of ones and with as
   * much of a ridge, `ridge` or more, as makes it positive. A coordinate that the matrix says nothing of gets a diagonal of 1.
   */
  prepare(matrix: Float64Array, indices: Int32Array, count: number, ridge: number): void {
    this.indices = indices;
    this.count = count;
    for (let i = 0; i < count; i++) {
      const at = indices[i] ?? 0;
      const diagonal = matrix[at * this.dimension + at] ?? 0;
      this.scale[i] = diagonal > 0 ? Math.sqrt(diagonal) : 1;
    }
    let tried = Math.max(ridge, FIRST_RIDGE);
    while (!this.tryFactor(matrix, tried) && tried < LAST_RIDGE) tried *= 10;
  }

  /** Replaces the coordinates of `vector` that were factored by those of matrix⁻¹·vector. */
  solve(vector: Float64Array): void {
    const { factor, scale, right, indices, count, dimension } = this;
    for (let i = 0; i < count; i++) {
      let sum = (vector[indices[i] ?? 0] ?? 0) / (scale[i] ?? 1);
      for (let j = 0; j < i; j++) sum -= (factor[i * dimension + j] ?? 0) * (right[j] ?? 0);
      right[i] = sum / (factor[i * dimension + i] ?? 1);
    }
    for (let i = count - 1; i >= 0; i--) {
      let sum = right[i] ?? 0;
      for (let j = i + 1; j < count; j++) sum -= (factor[j * dimension + i] ?? 0) * (right[j] ?? 0);
      right[i] = sum / (factor[i * dimension + i] ?? 1);
    }
    for (let i = 0; i < count; i++) vector[indices[i] ?? 0] = (right[i] ?? 0) / (scale[i] ?? 1);
  }

  private tryFactor(matrix: Float64Array, ridge: number): boolean {
    const { factor, scale, indices, count, dimension } = this;
    for (let i = 0; i < count; i++) {
      const row = (indices[i] ?? 0) * dimension;
      for (let j = 0; j <= i; j++) {
        const scaled = (matrix[row + (indices[j] ?? 0)] ?? 0) / ((scale[i] ?? 1) * (scale[j] ?? 1));
        let sum = i === j ? (scaled > 0 ? scaled : 1) + ridge : scaled;
        for (let l = 0; l < j; l++)
          sum -= (factor[i * dimension + l] ?? 0) * (factor[j * dimension + l] ?? 0);
        if (i !== j) factor[i * dimension + j] = sum / (factor[j * dimension + j] ?? 1);
        else if (sum > ridge * 1e-3) factor[i * dimension + i] = Math.sqrt(sum);
        else return false;
      }
    }
    return true;
  }
}
