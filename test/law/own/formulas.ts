/** The lab's laws as a person would type them. */

const G = '(min(k, 1) + Rstar*(-expm1(-max(k - 1, 0)/Rstar)))';
const M3 = `E + A*(N*(r^(1 - omega)*r_f^omega)^phi)^(-alpha) + B*(D_T*${G} + tau*S)^(-beta)`;
const RATIO = 'r^(-gamma*(1 - omega))*r_f^(-gamma*omega)';
const U_D = '(min(k, 1)*D_T)';
const SCALE = '((alpha*A/(beta*B))^(1/(alpha + beta)))';
const U_N = `min(N, ${SCALE}*(${SCALE}*${U_D})^(beta/alpha))`;

export const FORMULAS: Readonly<Record<string, string>> = {
  m3: `L = ${M3}`,
  'm3-overfit': `${M3} + P*max(k - 1, 0)^delta*(N/D_T)^kappa`,
  chinchilla: 'E + A/N^alpha + B/D^beta',
  'chinchilla-target': 'L = E + A/N^alpha + B/(D_T*k)^beta',
  'chinchilla-unique': 'E + A/N^alpha + B/(D_T*min(k, 1))^beta',
  muennighoff: `E + A/(${U_N} + ${U_N}*RNstar*(1 - exp(-(N/${U_N} - 1)/RNstar)))^alpha + B/(${U_D} + ${U_D}*RDstar*(1 - exp(-(k*D_T/${U_D} - 1)/RDstar)))^beta`,
  'ratio-power': `(E + A/N^alpha + B/(D_T*${G}/r)^beta)*${RATIO}`,
  'ratio-power-reducible': `E + (A/N^alpha + B/(D_T*${G}/r)^beta)*${RATIO}`,
  'effective-tokens': `E + A/N^alpha + B*(D_T*${G} + (tau0 + (tau1 - tau0)*(r_f - r)/max(1 - r, 1e-9))*S)^(-beta)`,
  cpt: 'E + A/N^alpha + Bprime/((k*D_T)^betaprime*N^gamma)',
  transfer: `E + A/N^alpha + B*(D_T*${G} + kappa*S^a*N^b)^(-beta)`,
  'd-cpt': 'E + A/N^alpha + B*r^eta/D^beta + Cr/(r + epsilon)^gamma',
  bimix: 'r^(-alpha)*(B/D^beta + E)',
  sedova: `E + A/N^alpha + B*N^delta*(D_T*${G})^(-beta) + gamma*r`,
};
