import { describe, expect, it } from 'vitest';
import { lawRunsOf } from '../../../src/formats/lawRuns.ts';
import { readRunsTable } from '../../../src/formats/runs/csv.ts';
import { fitLaw } from '../../../src/law/fit/fitLaw.ts';
import { lawNamed } from '../../../src/law/laws/catalogue.ts';
import { runOf } from '../../../src/law/runs.ts';
import {
  isUnderDetermined,
  noiseSentence,
  parameterWords,
  statusSentences,
  statusWord,
} from '../../../src/page/fit/words.ts';
import type { FitFacts } from '../../../src/worker/api/fits.ts';
import { factsOf } from '../../../src/worker/law/facts.ts';
import { Laws } from '../../../src/worker/law/laws.ts';
import { Shelf } from '../../../src/worker/law/shelf.ts';
import { monolingualTable } from '../../cli/lawRuns.ts';

/** Enough for a law of few parameters. */
const DESCENTS = 12;

/** Facts of m3 fitted to monolingual runs, which cannot tell it what a second language does. */
async function monolingualM3(): Promise<FitFacts> {
  const { rows, columns } = readRunsTable(monolingualTable(), 'runs.csv');
  const shelf = new Shelf();
  shelf.put(lawRunsOf(1, rows), { sources: [], columns, leftOut: [], chosen: [] });
  const sample = { dataset: 1, without: [] };
  const law = lawNamed('m3');
  const fit = await fitLaw(law, rows.map(runOf), { descents: DESCENTS });
  const held = { law, own: null, check: () => {} };
  const entry = shelf.keep({
    held,
    fit,
    sample,
    ...shelf.take(sample),
    freeze: {},
    warm: false,
    milliseconds: 1,
  });
  return factsOf(entry, new Laws(), '0');
}

describe('what is said of a fit', () => {
  it('says plainly that runs do not determine a law, and which parameters they do not tell', async () => {
    const facts = await monolingualM3();
    expect(isUnderDetermined(facts)).toBe(true);
    expect(statusWord(facts)).toEqual({ words: 'under-determined', tone: 'warn' });
    const sentences = statusSentences(facts).join(' ');
    for (const name of ['τ', 'φ', 'ω', 'R*']) expect(sentences).toContain(name);
    const tau = facts.law.parameters.find(({ name }) => name === 'tau');
    expect(tau && parameterWords(tau, facts, null)).toMatchObject({ value: '?', mark: 'no run tells it' });
    const E = facts.law.parameters.find(({ name }) => name === 'E');
    expect(E && parameterWords(E, facts, null)).toMatchObject({ interval: '…', mark: '' });
  });

  it('says how near a law comes to the noise between seeds', () => {
    const noise = { deviation: 0.002, recipes: 3, runs: 9 };
    expect(noiseSentence(noise, 0.0021)).toContain('as near as a law can');
    expect(noiseSentence(noise, 0.01)).toContain('5 times');
    expect(noiseSentence(null, 0.01)).toContain('not known');
  });
});
