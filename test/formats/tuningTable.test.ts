import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../src/formats/configError.ts';
import { parseTuningFile, tuningFile, tuningKey } from '../../src/formats/tuningTable.ts';

const PLACE = {
  adapter: { vendor: 'nvidia', architecture: 'ada', device: '', description: 'driver 550.1' },
  runtime: 'Firefox 150',
  engine: '0.1.0',
};
const TABLE = {
  'forward 64→192': {
    variant: 'registers 8×16',
    candidates: [
      { variant: 'registers 8×16', milliseconds: 0.31, failure: null },
      { variant: 'slabs 64×64', milliseconds: null, failure: 'off by 3e-2' },
    ],
  },
};

const stored = () => JSON.parse(JSON.stringify(tuningFile(PLACE, TABLE)));

test('a table comes back as it was kept', () => {
  expect(parseTuningFile(stored(), 'file', PLACE)).toEqual(TABLE);
});

test('a table of another place is none', () => {
  expect(parseTuningFile(stored(), 'file', { ...PLACE, engine: '0.2.0' })).toBeNull();
});

test('adapter, driver, browser and engine each have a file of their own', () => {
  const places = [
    PLACE,
    { ...PLACE, adapter: { ...PLACE.adapter, vendor: 'amd' } },
    { ...PLACE, adapter: { ...PLACE.adapter, description: 'driver 551.0' } },
    { ...PLACE, runtime: 'Firefox 151' },
    { ...PLACE, engine: '0.1.1' },
  ];
  const keys = places.map(tuningKey);
  expect(new Set(keys).size).toBe(places.length);
  for (const key of keys) expect(key).toMatch(/^[0-9a-f]{16}$/);
  const { adapter, runtime, engine } = PLACE;
  expect(tuningKey({ engine, runtime, adapter })).toBe(keys[0]);
});

describe('a file that is damaged is refused by its field:', () => {
  test.each<[string, (file: ReturnType<typeof stored>) => void, RegExp]>([
    ['another version', (file) => Object.assign(file, { version: 2 }), /^file: version: 2 is not 1$/],
    ['no table', (file) => delete file.table, /^file: table: this field is missing$/],
    [
      'a time that is none',
      (file) => Object.assign(file.table['forward 64→192'].candidates[0], { milliseconds: -1 }),
      /milliseconds: -1 is less than 0$/,
    ],
    [
      'a choice that failed',
      (file) => Object.assign(file.table['forward 64→192'], { variant: 'slabs 64×64' }),
      /forward 64→192: .*chooses a variant that failed, or was never tried$/,
    ],
    [
      'a choice that nobody tried',
      (file) => Object.assign(file.table['forward 64→192'], { variant: 'bogus 9' }),
      /forward 64→192: .*chooses a variant that failed, or was never tried$/,
    ],
  ])('%s', (_, damage, words) => {
    const file = stored();
    damage(file);
    const parse = () => parseTuningFile(file, 'file', PLACE);
    expect(parse).toThrow(ConfigError);
    expect(parse).toThrow(words);
  });
});
