import { describe, expect, it } from 'vitest';
import { LawChoice } from '../../../src/page/fit/lawChoice.ts';
import { type LawDoor, Tasks } from '../../../src/page/fit/tasks.ts';
import type { FitFacts } from '../../../src/worker/api/fits.ts';

const SAMPLE = { dataset: 1, without: [] };
const go = new AbortController().signal;

function fitOf(law: string, aicc: number, rows = 40): FitFacts {
  const file = { aicc, rows, rmseLog: law === 'm3' ? 0.05 : 0.04 };
  return { fit: 1, dataset: 1, without: [], law: { name: law }, file } as unknown as FitFacts;
}

/** Behind the door each command is answered with a fit that was laid there. */
function open(answers: Partial<Record<'extend' | 'fit', FitFacts>>) {
  const sent: string[] = [];
  const send = async ({ command }: { command: 'extend' | 'fit' }) => {
    sent.push(command);
    return { ok: true, value: answers[command] };
  };
  const door = { law: { send, close: () => {} }, listenLaw: () => () => {} } as unknown as LawDoor;
  return { choice: new LawChoice(door, new Tasks(door)), sent };
}

describe('the law where nobody chose', () => {
  it('is the richer one where the runs ask for it, in words, and is not asked about again for the same runs', async () => {
    const richer = fitOf('m3-overfit', -200);
    const { choice, sent } = open({ extend: richer });
    expect(await choice.otherOf(fitOf('m3', 0), SAMPLE, go)).toBe(richer);
    expect(choice.law.value).toBe('m3-overfit');
    expect(choice.why.value).toContain('200');
    expect(await choice.otherOf(richer, SAMPLE, go)).toBeNull();
    expect(sent).toEqual(['extend']);
  });

  it('is the plainer one again once the runs that are left do not ask for more', async () => {
    const plain = fitOf('m3', -195, 30);
    const { choice, sent } = open({ extend: fitOf('m3-overfit', -200), fit: plain });
    await choice.otherOf(fitOf('m3', 0), SAMPLE, go);
    expect(await choice.otherOf(fitOf('m3-overfit', -200, 30), SAMPLE, go)).toBe(plain);
    expect([choice.law.value, choice.why.value]).toEqual(['m3', '']);
    expect(sent).toEqual(['extend', 'fit']);
  });

  it('says its reason for the runs that are fitted now', async () => {
    const { choice } = open({ extend: fitOf('m3-overfit', -200), fit: fitOf('m3', -100, 30) });
    await choice.otherOf(fitOf('m3', 0), SAMPLE, go);
    expect(await choice.otherOf(fitOf('m3-overfit', -200, 30), SAMPLE, go)).toBeNull();
    expect(choice.why.value).toContain('100');
  });

  it('is what a person chose, whatever the runs ask for', async () => {
    const { choice, sent } = open({ extend: fitOf('m3-overfit', -200) });
    choice.chosen.value = 'm3';
    expect(await choice.otherOf(fitOf('m3', 0), SAMPLE, go)).toBeNull();
    expect([choice.first, choice.law.value, choice.why.value]).toEqual(['m3', 'm3', '']);
    expect(sent).toEqual([]);
  });
});
