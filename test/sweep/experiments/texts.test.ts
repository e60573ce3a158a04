import { describe, expect, it } from 'vitest';
import type { ManifestRun } from '../../../src/formats/manifest.ts';
import { settingOf } from '../../../src/sweep/experiments/settings.ts';
import { isSameText, textsOf } from '../../../src/sweep/experiments/texts.ts';

const usual = settingOf('small').texts;
const hash = `#sha256=${'ab'.repeat(32)}`;

/** Lines of which nothing but the texts matters. */
const lines = (...pairs: readonly (readonly [target: string, source?: string])[]) =>
  pairs.map(([target, source]) => ({ config: { corpora: { target, source } } }) as unknown as ManifestRun);

describe('the texts of a manifest', () => {
  it('are the usual ones where it names no others', () => {
    const built = lines(
      ['world:id', 'world:en'],
      ['world:id', 'world:sw'],
      ['world:id?noise=0.1', 'world:en'],
    );
    expect(textsOf(built, usual)).toBe(usual);
    expect(textsOf(lines(['world:id']), usual)).toBe(usual);
    expect(textsOf([], usual)).toBe(usual);
  });

  it('are those of most runs, without their hashes, the other sources being controls', () => {
    const [de, en, tr, ja] = ['file:de.txt', 'file:en.txt', 'file:tr.txt', 'file:ja.txt'];
    const own = lines([de!, tr], [de! + hash, en], [de!, en! + hash], [de!, en], [de!, ja], [de!, tr]);
    expect(textsOf(own, usual)).toEqual({
      target: de,
      source: en,
      control: tr,
      otherScript: ja,
      noisy: null,
    });
    const pair = lines(['file:a/de.txt', 'file:a/en.txt']);
    expect(textsOf(pair, usual)).toEqual({
      target: de,
      source: en,
      control: null,
      otherScript: null,
      noisy: null,
    });
  });
});

it('is the same text whatever folder it lies in, and whether its hash is known', () => {
  expect(isSameText(`file:a/de.txt${hash}`, 'file:b/de.txt')).toBe(true);
  expect(isSameText('file:de.txt', 'file:en.txt')).toBe(false);
  expect(isSameText('', 'world:id')).toBe(false);
  expect(isSameText('world:id', 'world:id?noise=0.1')).toBe(false);
});
