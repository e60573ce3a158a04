/** What a check says. */

import { PARITY_LIMITS, type Parity } from '../../../formats/parity.ts';

/** 2.13e-6 → "2.1e-6", 0.001 → "1e-3"; a difference that is no number says so. */
export function tiny(value: number): string {
  if (!Number.isFinite(value)) return 'not finite';
  if (value === 0) return '0';
  return value.toExponential(1).replace('.0e', 'e').replace('e-', 'e−').replace('e+', 'e');
}

/** The badge. */
export function parityWords(parity: Parity): string {
  const { passed, logits, loss } = parity;
  const head = passed ? 'Checked by ONNX Runtime' : 'ONNX Runtime computes something else';
  return `${head}: largest logit difference ${tiny(logits)} (limit ${tiny(PARITY_LIMITS.logits)}), loss difference ${tiny(loss)} nats (limit ${tiny(PARITY_LIMITS.loss)}).`;
}

/** What was compared, and by whom. */
export function parityDetail(parity: Parity): string {
  const { runtime, provider, text, tokens, windows, cacheLogits, engineLoss } = parity;
  const on = text ?? `${windows} windows of text`;
  return `By ${runtime} (${provider}) on ${on}, ${tokens} tokens; loss ${engineLoss.toFixed(4)} nats. Token by token through the cache: ${tiny(cacheLogits)}.`;
}
