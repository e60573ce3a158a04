import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Speaker } from '../../../src/page/shell/speaker.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

function speaker() {
  const said: string[] = [];
  return { said, speaker: new Speaker((words) => said.push(words)) };
}

test('the first words are said at once, then the last of each ten seconds', () => {
  const { said, speaker: one } = speaker();
  one.say('first');
  vi.advanceTimersByTime(0);
  expect(said).toEqual(['first']);
  one.say('second');
  one.say('third');
  vi.advanceTimersByTime(9999);
  expect(said).toEqual(['first']);
  vi.advanceTimersByTime(1);
  expect(said).toEqual(['first', 'third']);
});

test('after a silence words are said at once again', () => {
  const { said, speaker: one } = speaker();
  one.say('first');
  vi.advanceTimersByTime(60_000);
  one.say('later');
  vi.advanceTimersByTime(0);
  expect(said).toEqual(['first', 'later']);
});

test('nothing is said of nothing, and nothing once it has been stopped', () => {
  const { said, speaker: one } = speaker();
  one.say('');
  one.say('words');
  one.stop();
  vi.advanceTimersByTime(60_000);
  expect(said).toEqual([]);
});
