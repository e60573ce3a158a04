/** What the check with ONNX Runtime came to, in words. */

import { PARITY_LIMITS, type Parity } from '../../formats/parity.ts';
import { inLine, integer, table } from './markdown.ts';

/** The part of a model card. A model that was not checked, or failed, is called that. */
export function parityWords(parity: Parity | null): string {
  if (parity === null) {
    return 'Not checked: ONNX Runtime was not asked for this export whether it computes what the engine of the lab computes.';
  }
  const { runtime, provider, windows, tokens, passed, engineLoss } = parity;
  const text = parity.text === null ? `${integer(windows)} windows of text` : inLine(parity.text);
  const asked =
    `${runtime} (${provider}) computed the ONNX model on ${text}, ${integer(tokens)} tokens, and was held ` +
    `against the WebGPU engine of the lab, whose loss on them is ${engineLoss.toFixed(4)} nats a token.`;
  return [
    passed ? '**Checked.**' : '**The check failed: do not rely on this export.**',
    asked,
    '',
    table(
      ['largest difference', 'measured', 'allowed'],
      [
        ['of a logit', difference(parity.logits), limit(PARITY_LIMITS.logits)],
        [
          'of a logit, token by token through the KV cache',
          difference(parity.cacheLogits),
          limit(PARITY_LIMITS.logits),
        ],
        ['of the mean loss, nats', difference(parity.loss), limit(PARITY_LIMITS.loss)],
      ],
      true,
    ),
  ].join('\n');
}

function difference(value: number): string {
  return Number.isFinite(value) ? value.toExponential(1) : 'not a number';
}

function limit(value: number): string {
  return `≤ ${value.toExponential(0)}`;
}
