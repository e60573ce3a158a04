/** How Zheng's law of continual pre-training splits compute between model and tokens. */

/** Parameters of the law `cpt`, by the names that it has for them: L = E + A·N^−α + B'·D^−β'·N^−γ, D in target tokens. */
export type ContinualLaw = {
  readonly A: number;
  readonly alpha: number;
  readonly Bprime: number;
  readonly betaprime: number;
  readonly gamma: number;
};

export type Allocation = {
  /** N* = factorN·C^exponentN, D* = factorD·C^exponentD; the exponents sum to 1. */
  readonly exponentN: number;
  readonly exponentD: number;
  readonly factorN: number;
  readonly factorD: number;
};

/**
 * The compute-optimal allocation N ∝ C^{β'/(α+β'−γ)}, D ∝ C^{(α−γ)/(α+β'−γ)} at 6·N·D = C (Zheng et al. 2024, arXiv 2407.02118). For
 * γ = 0 it is Hoffmann's. Null where γ ≥ β': then a larger model makes up for every token that it costs, and none is large enough.
 */
export function cptAllocation({ A, alpha, Bprime, betaprime, gamma }: ContinualLaw): Allocation | null {
  if (gamma >= betaprime) return null;
  const sum = alpha + betaprime - gamma;
  const exponentN = betaprime / sum;
  // From α·A·N^−α = (β'−γ)·B'·(C/6)^−β'·N^{β'−γ}.
  const factorN = ((alpha * A) / ((betaprime - gamma) * Bprime)) ** (1 / sum) * 6 ** -exponentN;
  return { exponentN, exponentD: (alpha - gamma) / sum, factorN, factorD: 1 / (6 * factorN) };
}

/** N* and D* for C FLOPs. */
export function allocate(
  { exponentN, exponentD, factorN, factorD }: Allocation,
  compute: number,
): { readonly N: number; readonly D: number } {
  return { N: factorN * compute ** exponentN, D: factorD * compute ** exponentD };
}
