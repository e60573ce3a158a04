import { expect, test } from 'vitest';
import { CATALOGUE } from '../../../corpora/catalogue.ts';
import { parseCorpusSpec } from '../../../src/formats/corpusSpec.ts';
import { fileOrigin, originName, withColumn } from '../../../src/page/train/corpora/origin.ts';
import {
  beginningPicker,
  isOther,
  type Picker,
  type PickerField,
  pairSpec,
  pickerOf,
  specOfPicker,
} from '../../../src/page/train/corpora/picker.ts';
import { textTitle } from '../../../src/page/train/corpora/words.ts';
import { facts } from '../facts.ts';

const begun = beginningPicker('target');

function typed(place: Picker['place'], text: Partial<Record<PickerField, string>>): Picker {
  return { ...begun, place, text: { ...begun.text, ...text } };
}

test('the built-in pair is a poor language beside a rich one', () => {
  expect([pairSpec('target'), pairSpec('source')]).toEqual([
    'world:sw?bytes=400000',
    'world:en?bytes=2000000',
  ]);
});

test.each<[Picker, string]>([
  [
    typed('world', { distance: '0.3', noise: '0.1', seed: '7' }),
    'world:sw?distance=0.3&noise=0.1&seed=7&bytes=400000',
  ],
  [typed('world', { worldBytes: '4,000,000' }), 'world:sw'],
  [
    { ...typed('catalogue', { fetchBytes: '1000000' }), entry: CATALOGUE[3]!.spec },
    'hf:wikimedia/wikipedia/20231101.sw#column=text&bytes=1000000',
  ],
  [
    typed('address', { address: ' https://example.org/a.txt#documents=line ' }),
    'https://example.org/a.txt#documents=line',
  ],
])('fields make a spec, and the spec the fields: %#', (picker, spec) => {
  expect(specOfPicker(picker, CATALOGUE)).toEqual({ spec, problems: new Map() });
  const back = pickerOf(spec, beginningPicker('target'), CATALOGUE);
  expect(back.place).toBe(picker.place);
  expect(specOfPicker(back, CATALOGUE).spec).toBe(spec);
});

test.each<[Picker['place'], PickerField, string, RegExp]>([
  ['world', 'distance', '1.5', /Must be 1 or less/],
  ['world', 'worldBytes', '12', /Must be 1000 or more/],
  ['world', 'seed', 'x', /not a number/],
  ['catalogue', 'fetchBytes', '', /A number is needed/],
  ['address', 'address', 'example.org/a.txt', /Begin with https/],
  ['address', 'address', 'ftp://example.org/a.txt', /not the spec of a corpus/],
  ['address', 'address', 'hf:owner', /hf:OWNER\/NAME/],
  ['address', 'address', 'https://a.org/b#bytes=-1', /bytes is -1/],
  ['address', 'address', 'file:/etc/hosts', /My files/],
  ['address', 'address', 'world:en', /Built-in world/],
])('%s: %s = %s is refused at that field', (place, field, text, reason) => {
  const { spec, problems } = specOfPicker(typed(place, { [field]: text }), CATALOGUE);
  expect(spec).toBeNull();
  expect([...problems.keys()]).toEqual([field]);
  expect(problems.get(field)).toMatch(reason);
});

test('an address that is not there yet is no mistake', () => {
  expect(specOfPicker(typed('address', {}), CATALOGUE)).toEqual({ spec: null, problems: new Map() });
});

test('another choice than what was read is told from the same one that says more', () => {
  const sw = pairSpec('target');
  expect(isOther(sw, begun, CATALOGUE)).toBe(false);
  expect(isOther(`${sw}&stories=shared`, begun, CATALOGUE)).toBe(false);
  expect(isOther(sw, { ...begun, language: 'id' }, CATALOGUE)).toBe(true);
  expect(isOther('file:mine.txt', begun, CATALOGUE)).toBe(true);
  // No file is chosen until it is read, and no field says which it was.
  expect(isOther('file:mine.txt', typed('file', {}), CATALOGUE)).toBe(false);
  const hashed = `https://example.org/a.txt#sha256=${'0'.repeat(64)}`;
  expect(isOther(hashed, typed('address', { address: 'https://example.org/a.txt' }), CATALOGUE)).toBe(false);
});

test('a column that is chosen is named in what is read next', () => {
  const file = new File(['a,b\n'], 'table.csv');
  const picked = fileOrigin(file, typed('file', { column: ' ' }));
  expect(picked).toEqual({ kind: 'file', file, options: { column: null, documents: 'auto' } });
  expect(withColumn(picked, 'b')).toEqual({
    kind: 'file',
    file,
    options: { column: 'b', documents: 'auto' },
  });
  const remote = withColumn({ kind: 'spec', spec: 'https://a.org/t.csv#bytes=5' }, 'main text');
  expect(remote.kind === 'spec' && parseCorpusSpec(remote.spec)).toMatchObject({
    column: 'main text',
    bytes: 5,
  });
  expect(originName(remote)).toContain('a.org/t.csv');
});

test('texts are called by what a person chose', () => {
  const title = (spec: string) => textTitle(facts('target', 1000, { spec, name: 'NAME' }), CATALOGUE);
  expect(title('world:sw')).toBe('Built-in stories in Swahili');
  expect(title('world:en?distance=0.3&noise=0.1')).toBe(
    'Built-in stories in a language at distance 0.3 from English, 10 % damaged',
  );
  expect(title('hf:wikimedia/wikipedia/20231101.yo#text&bytes=5')).toBe('Wikipedia in Yoruba');
  expect(title('hf:owner/name/config#text')).toBe('NAME');
  expect(title('file:a.txt')).toBe('NAME');
});
