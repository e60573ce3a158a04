/** What `m3lab export` says of what it wrote, and of the check. */

import type { FolderFiles } from '../../export/folder.ts';
import { PARITY_LIMITS, type Parity } from '../../formats/parity.ts';
import type { Checked } from '../export/checkModel.ts';
import { amount, counted, labelled, table } from './words.ts';

type Exported = { readonly out: string; readonly files: FolderFiles; readonly checked: Checked | null };

export function exportWords({ out, files, checked }: Exported): string {
  const bytes = [...files.values()].reduce((sum, { length }) => sum + length, 0);
  const rows = [...files].map(([path, { length }]) => [`  ${path}`, amount(length, 'B')]);
  return [
    `${out}: ${counted(files.size, 'file')}, ${amount(bytes, 'B')}`,
    table(rows),
    '',
    checked === null
      ? 'not checked; --check holds the export against the engine'
      : `${parityTable(checked)}\nchecked`,
  ].join('\n');
}

export function parityTable({ parity, text }: Checked): string {
  const { runtime, provider, windows, tokens, logits, cacheLogits, loss, engineLoss } = parity;
  return [
    labelled([
      ['runtime', `${runtime} (${provider})`],
      ['text', `${text}: ${counted(windows, 'window')}, ${counted(tokens, 'token')}`],
      ['loss of the engine', `${engineLoss.toFixed(4)} nats per token`],
    ]),
    '',
    table([
      ['largest difference', 'measured', 'allowed'],
      ['of a logit', measured(logits), allowed(PARITY_LIMITS.logits)],
      ['of a logit, by the cache', measured(cacheLogits), allowed(PARITY_LIMITS.logits)],
      ['of the mean loss, nats', measured(loss), allowed(PARITY_LIMITS.loss)],
    ]),
    '',
  ].join('\n');
}

export function failedWords({ logits, cacheLogits, loss }: Parity): string {
  return (
    `the export is not what the engine computes: logits differ by ${measured(Math.max(logits, cacheLogits))}, the loss by ${measured(loss)} nats ` +
    `(allowed: ${allowed(PARITY_LIMITS.logits)} and ${allowed(PARITY_LIMITS.loss)}); nothing is written. ` +
    'Without --check it is written as not checked.'
  );
}

function measured(difference: number): string {
  return Number.isFinite(difference) ? difference.toExponential(1) : 'not finite';
}

function allowed(limit: number): string {
  return limit.toExponential(0);
}
