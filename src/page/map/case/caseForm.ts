/** A person's case as it is typed: so much text, in bytes or tokens, and so much compute, in operations or hours of a device. */

import type { Typed } from '../../parts/field/readNumber.ts';
import { type AmountRule, amountText, EXACT_DIGITS, readAmount } from '../amounts.ts';
import { DEVICES, flopsOf, hoursOf } from '../devices.ts';
import { COMPUTE_RULE, type MapCase, TOKENS_RULE } from '../mapAddress.ts';

export type CaseForm = {
  readonly textIn: 'tokens' | 'bytes';
  readonly tokens: string;
  readonly bytes: string;
  readonly bytesPerToken: string;
  readonly spendIn: 'flops' | 'hours';
  readonly flops: string;
  readonly hours: string;
  /** Name in the list; '' for one that is not in it. */
  readonly device: string;
  /** TFLOP/s, and percent of it. */
  readonly peak: string;
  readonly utilisation: string;
  /** Nats per token by which a second language has to lead. */
  readonly margin: string;
  /** Limits; '' where there is none. */
  readonly maxN: string;
  readonly maxEpochs: string;
  readonly maxSourceTokens: string;
  readonly withinRuns: boolean;
};

export type CaseField = Exclude<keyof CaseForm, 'textIn' | 'spendIn' | 'device' | 'withinRuns'>;

const FIRST_DEVICE = DEVICES.find(({ name }) => name.includes('RTX 4090')) ?? {
  name: '',
  peak: 1e13,
  utilisation: 0.3,
};

export const EMPTY_CASE: CaseForm = {
  textIn: 'tokens',
  tokens: '',
  bytes: '',
  bytesPerToken: '1',
  spendIn: 'flops',
  flops: '',
  hours: '10',
  device: FIRST_DEVICE.name,
  peak: amountText(FIRST_DEVICE.peak / 1e12),
  utilisation: amountText(100 * FIRST_DEVICE.utilisation),
  margin: '0',
  maxN: '',
  maxEpochs: '',
  maxSourceTokens: '',
  withinRuns: false,
};

const RULES: Readonly<Record<CaseField, AmountRule>> = {
  tokens: TOKENS_RULE,
  bytes: { ...TOKENS_RULE, example: '12M' },
  bytesPerToken: { least: 0.05, most: 100, example: '3.8' },
  flops: COMPUTE_RULE,
  hours: { least: 1e-6, most: 1e12, example: '10' },
  peak: { least: 1e-6, most: 1e9, example: '165' },
  utilisation: { least: 0.001, most: 100, example: '40' },
  margin: { least: 0, most: 100, example: '0.02' },
  maxN: { least: 1, most: 1e20, example: '10M' },
  maxEpochs: { least: 1e-3, most: 1e12, example: '16' },
  maxSourceTokens: { least: 0, most: 1e20, example: '1B' },
};

const OPTIONAL: readonly CaseField[] = ['maxN', 'maxEpochs', 'maxSourceTokens'];

export type ReadCase = MapCase & {
  readonly margin: number;
  readonly limits: {
    readonly maxN?: number;
    readonly maxEpochs?: number;
    readonly maxSourceTokens?: number;
    readonly withinRuns?: true;
  };
  readonly bytesPerToken: number | null;
  /** By field, why what stands there cannot be; of fields that are not asked nothing is said. */
  readonly problems: Readonly<Partial<Record<CaseField, string>>>;
};

export function readCase(form: CaseForm): ReadCase {
  const problems: Partial<Record<CaseField, string>> = {};
  const read = (field: CaseField): number | null => {
    const text = form[field];
    if (text.trim() === '' && OPTIONAL.includes(field)) return null;
    const typed: Typed = readAmount(text, RULES[field]);
    if (typed.ok) return typed.value;
    problems[field] = typed.problem;
    return null;
  };
  const bytesPerToken = form.textIn === 'bytes' ? read('bytesPerToken') : null;
  const bytes = form.textIn === 'bytes' ? read('bytes') : null;
  const targetTokens =
    form.textIn === 'tokens'
      ? read('tokens')
      : bytes === null || bytesPerToken === null
        ? null
        : Math.max(1, bytes / bytesPerToken);
  const compute = form.spendIn === 'flops' ? read('flops') : hoursCompute(read);
  const [maxN, maxEpochs, maxSourceTokens] = OPTIONAL.map(read);
  return {
    compute,
    targetTokens,
    bytesPerToken,
    margin: read('margin') ?? 0,
    limits: {
      ...(typeof maxN === 'number' && { maxN }),
      ...(typeof maxEpochs === 'number' && { maxEpochs }),
      ...(typeof maxSourceTokens === 'number' && { maxSourceTokens }),
      ...(form.withinRuns && { withinRuns: true }),
    },
    problems,
  };
}

function hoursCompute(read: (field: CaseField) => number | null): number | null {
  const [hours, peak, utilisation] = [read('hours'), read('peak'), read('utilisation')];
  return hours === null || peak === null || utilisation === null
    ? null
    : Math.max(COMPUTE_RULE.least, flopsOf(hours, peak * 1e12, utilisation / 100));
}

/** The same case in the laws' own numbers: as an address, a click on the map or an example gives it. */
export function withCase(form: CaseForm, { compute, targetTokens }: MapCase): CaseForm {
  return {
    ...form,
    ...(targetTokens !== null && {
      textIn: 'tokens' as const,
      tokens: amountText(targetTokens, EXACT_DIGITS),
    }),
    ...(compute !== null && { spendIn: 'flops' as const, flops: amountText(compute, EXACT_DIGITS) }),
  };
}

/** The other way to say the same amount, filled in with it. */
export function switchedText(form: CaseForm, textIn: CaseForm['textIn']): CaseForm {
  const { targetTokens } = readCase(form);
  const per = readAmount(form.bytesPerToken, RULES.bytesPerToken);
  if (targetTokens === null || !per.ok) return { ...form, textIn };
  return textIn === 'bytes'
    ? { ...form, textIn, bytes: amountText(targetTokens * per.value, EXACT_DIGITS) }
    : { ...form, textIn, tokens: amountText(targetTokens, EXACT_DIGITS) };
}

export function switchedSpending(form: CaseForm, spendIn: CaseForm['spendIn']): CaseForm {
  const { compute } = readCase(form);
  const peak = readAmount(form.peak, RULES.peak);
  const utilisation = readAmount(form.utilisation, RULES.utilisation);
  if (compute === null || !peak.ok || !utilisation.ok) return { ...form, spendIn };
  return spendIn === 'hours'
    ? { ...form, spendIn, hours: amountText(hoursOf(compute, peak.value * 1e12, utilisation.value / 100)) }
    : { ...form, spendIn, flops: amountText(compute) };
}

/** A device of the list brings its own numbers. */
export function withDevice(form: CaseForm, name: string): CaseForm {
  const device = DEVICES.find((one) => one.name === name);
  if (!device) return { ...form, device: '' };
  const { peak, utilisation } = device;
  return { ...form, device: name, peak: amountText(peak / 1e12), utilisation: amountText(100 * utilisation) };
}
