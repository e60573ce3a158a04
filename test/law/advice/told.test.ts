import { describe, expect, it } from 'vitest';
import { idleParameters, toldBy } from '../../../src/law/advice/told.ts';
import { lawNamed } from '../../../src/law/laws/catalogue.ts';
import { m3 } from '../../../src/law/laws/m3.ts';

const NONE = { repeated: 0, bilingual: 0, 'two-stage': 0 };
const ALL = { repeated: 9, bilingual: 9, 'two-stage': 9 };
const what = (told: ReturnType<typeof toldBy>) => told.gaps.map((gap) => gap.what);

describe('what runs tell', () => {
  it('is everything where there are runs of every sort', () => {
    const told = toldBy(m3, { tellers: ALL, frozen: [], mostEpochs: 30 });
    expect(told.kinds).toHaveLength(3);
    expect([told.epochsAtMost, what(told)]).toEqual([null, []]);
  });

  it('is one language and one pass where there is nothing else, whatever law is asked', () => {
    for (const law of [m3, lawNamed('chinchilla'), lawNamed('d-cpt')]) {
      const told = toldBy(law, { tellers: NONE, frozen: [], mostEpochs: 0.7 });
      expect(told.kinds).toEqual(['monolingual single-stage']);
      expect(told.epochsAtMost).toBe(1);
      expect(what(told)).toEqual(['a second language', 'repetition']);
    }
  });

  it('lacks two stages alone where all bilingual runs have one; a law without a final ratio does not miss them', () => {
    const ground = { tellers: { ...ALL, 'two-stage': 0 }, frozen: [], mostEpochs: 4 };
    expect(toldBy(m3, ground).kinds).toEqual(['monolingual single-stage', 'multi-lingual single-stage']);
    expect(what(toldBy(m3, ground))).toEqual(['two stages']);
    expect(what(toldBy(lawNamed('transfer'), ground))).toEqual([]);
  });

  it('takes the word of who gave the parameters that such runs would tell', () => {
    const frozen = ['Rstar', 'tau', 'phi', 'omega'];
    expect(what(toldBy(m3, { tellers: NONE, frozen, mostEpochs: 1 }))).toEqual([]);
    expect(what(toldBy(m3, { tellers: NONE, frozen: ['tau', 'omega'], mostEpochs: 1 }))).toEqual([
      'a second language',
      'repetition',
    ]);
  });
});

it('a parameter is idle where runs would tell it and the best fit does not need it, and unknown where there are none', () => {
  expect(idleParameters(m3, ['omega'], { tellers: ALL })).toEqual(['omega']);
  expect(idleParameters(m3, ['tau', 'phi', 'omega'], { tellers: NONE })).toEqual([]);
  expect(idleParameters(m3, [], { tellers: ALL })).toEqual([]);
});
