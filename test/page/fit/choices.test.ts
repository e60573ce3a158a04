import { describe, expect, it } from 'vitest';
import { readRunsTable } from '../../../src/formats/runs/csv.ts';
import {
  asksScale,
  asksUnit,
  firstChoices,
  isRecords,
  missing,
  optionsOf,
  otherColumns,
} from '../../../src/page/fit/importing/choices.ts';
import { optionsOf as keptOptions } from '../../../src/page/fit/tables.ts';

const HEADER = ['params', 'tokens', 'val_loss', 'share', 'team'];
const guessed = { N: 'params', D: 'tokens', loss: 'val_loss' };

describe('what a person says of a table', () => {
  it('begins with what the names suggest and is ready where that is enough', () => {
    const choices = firstChoices({ guessed });
    expect(missing(choices, HEADER)).toEqual([]);
    expect(otherColumns(choices, HEADER)).toEqual(['share', 'team']);
  });

  it('says which columns are missing and lists what there is', () => {
    const [words] = missing(firstChoices({ guessed: {} }), ['width', 'depth']);
    expect(words).toBe(
      'No column is chosen for N (model scale), nor for the loss, nor for D or D_T (tokens). The table has width, depth.',
    );
  });

  it('asks for the unit where the name leaves it open, and for bytes per token', () => {
    expect(asksUnit('bpb')).toBe(true);
    expect(asksUnit('val_loss')).toBe(false);
    expect(asksScale('log_loss')).toBe(true);
    const choices = firstChoices({ guessed: { ...guessed, loss: 'bpb' } });
    expect(missing(choices, HEADER)[0]).toContain('unit');
    const inBytes = { ...choices, unit: 'bits-per-byte' as const };
    expect(missing(inBytes, HEADER)[0]).toContain('bytes per token');
    expect(missing({ ...inBytes, bytesPerToken: '4,2' }, HEADER)).toEqual([]);
  });

  it('refuses one column for two quantities', () => {
    const choices = firstChoices({ guessed: { ...guessed, k: 'tokens' } });
    expect(missing(choices, HEADER)[0]).toContain('tokens is chosen twice');
  });

  it('becomes what the reader of tables takes, percent included', () => {
    const choices = { ...firstChoices({ guessed }), percent: ['r'], unit: 'bits' as const };
    const options = optionsOf({ ...choices, columns: { ...choices.columns, r: 'share' } });
    const read = readRunsTable('params,tokens,val_loss,share\n100,2000,2,25\n', 'a.csv', {
      ...options,
      columns: { ...options.columns, r_f: 'share/100' },
    });
    expect(read.rows[0]).toMatchObject({ N: 100, r: 0.25 });
    expect(read.rows[0]?.loss).toBeCloseTo(2 * Math.LN2, 12);
  });

  it('comes back from what was kept, without what is not understood', () => {
    const kept = keptOptions({
      columns: { N: 'a', what: 'b' },
      unit: 'bits',
      scale: 'cubic',
      bytesPerToken: 3,
    });
    expect(kept).toEqual({ columns: { N: 'a' }, unit: 'bits', bytesPerToken: 3 });
    expect(keptOptions('nonsense')).toEqual({});
  });

  it('knows records by their names', () => {
    expect(isRecords('runs.JSONL')).toBe(true);
    expect(isRecords('runs.csv')).toBe(false);
  });
});
