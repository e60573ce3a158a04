import { describe, expect, test } from 'vitest';
import { CorpusSpecError, formatCorpusSpec, parseCorpusSpec } from '../../src/formats/corpusSpec.ts';

describe('what is read is written again', () => {
  test.each([
    ['world:en'],
    ['world:sw?distance=0.25&seed=7'],
    ['file:a b/c.txt'],
    ['file:a.csv#column=sw'],
    ['file:a.txt#documents=line&bytes=10'],
    ['https://a.b/c.jsonl?d=e#column=f'],
    ['hf:owner/name/config/valid#column=text&bytes=7'],
  ])('%s', (text) => {
    expect(formatCorpusSpec(parseCorpusSpec(text))).toBe(text);
  });

  test.each([
    ['file:a.csv#sw', 'file:a.csv#column=sw'],
    ['file:a.csv#sw&bytes=10', 'file:a.csv#column=sw&bytes=10'],
    ['file:a.csv#a%3Db', 'file:a.csv#column=a%3Db'],
    ['file:a.csv#', 'file:a.csv'],
    ['hf:owner/name#text', 'hf:owner/name/default#column=text'],
  ])('%s as %s', (short, long) => {
    expect(formatCorpusSpec(parseCorpusSpec(short))).toBe(long);
    expect(parseCorpusSpec(long)).toEqual(parseCorpusSpec(short));
  });
});

describe('a slip is told, with what was probably meant', () => {
  const FILE_OPTIONS = 'column, documents, bytes, sha256';
  test.each([
    ['file:a.csv#colum=sw', 'does not know colum; did you mean column?'],
    ['file:a.csv#nope=1', `does not know nope; it knows ${FILE_OPTIONS}`],
    ['file:a.csv#sw&byte=1', 'does not know byte; did you mean bytes?'],
    ['https://a.b/c.csv#Column=sw', 'does not know Column; did you mean column?'],
    ['hf:a/b/c#doc=line', `does not know doc; it knows ${FILE_OPTIONS}`],
    ['world:en?sed=3', 'does not know sed; did you mean seed?'],
    ['world:en#text', 'options of a world stand behind a ?, not a #'],
    ['world:en?seed=2#bytes=10', 'options of a world stand behind a ?, not a #'],
    ['world:xx#text', 'options of a world stand behind a ?, not a #'],
    ['hf:a/b/c?bytes=10', 'options of a dataset stand behind a #, not a ?; write such as hf:a/b/c#bytes=10'],
    ['hf:a', 'write hf:OWNER/NAME/CONFIG#COLUMN'],
    ['file:a.csv#sw&sw2', 'does not know sw2'],
    ['file:a.csv#bytes=1&bytes=2', 'says bytes twice'],
    ['file:a.csv#column=', 'column has no value'],
  ])('%s', (spec, words) => {
    const read = () => parseCorpusSpec(spec);
    expect(read).toThrow(CorpusSpecError);
    expect(read).toThrow(`${spec}: ${words}`);
  });
});
