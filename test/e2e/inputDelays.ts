/** How soon the page answers: from an input to the end of what was done about it, by the browser's own clock. */

import { setTimeout as sleep } from 'node:timers/promises';
import type { CDPSession, Locator, Page } from 'playwright-core';

/** Event Timing reports what takes longer than this, in milliseconds; the least that can be asked for. */
const REPORTED_MS = 16;
/** From one input to the next: a person in a hurry, who does not wait for what the last one does. */
const EVERY_MS = 150;
/** What a person does; moves of the pointer come by the hundred and would hide what is slow. */
const INPUT_EVENTS = ['keydown', 'keyup', 'pointerdown', 'pointerup', 'click', 'input', 'change'];
/** Clocks of events are read to a tenth of a millisecond. */
const CLOCK_MS = 0.1;

/** Keys that have names, or stand for no letter or digit, by their Windows codes. */
const KEY_CODES: Readonly<Record<string, number>> = {
  ...{ Backspace: 8, Tab: 9, Enter: 13, PageUp: 33, PageDown: 34, End: 35, Home: 36 },
  ...{ ArrowLeft: 37, ArrowUp: 38, ArrowRight: 39, ArrowDown: 40, Delete: 46, '[': 219, ']': 221 },
};
const SHIFT = 'Shift+';
const SHIFT_HELD = 8;

/** A key as `KeyboardEvent.key` gives it (`l`, `ArrowDown`, `Shift+Tab`), or a press on an element. */
export type Input = string | Locator;

export type Delay = {
  readonly input: string;
  /** From the input's first event to the end of its slowest event's processing; events that are not reported took less than the threshold. */
  readonly ms: number;
};

type Timed = { readonly name: string; readonly at: number; readonly ms: number };
/** An input that has come: when, whether at the element that was meant, and what it came to. */
type Heard = { readonly at: number; readonly hit: boolean; readonly on: string };
type Watch = { readonly targets: (Element | null)[]; readonly heard: Heard[]; readonly timed: Timed[] };
type Place = { readonly x: number; readonly y: number };

/**
 * Does `inputs` by a clock, one each {@link EVERY_MS}, whatever the page is at, and asks afterwards how long each took. Elements are looked for
 * before the first, so they must stay where they are, and in the window.
 * @throws where an input has not come to what it was meant for
 */
export async function inputDelays(page: Page, inputs: readonly Input[]): Promise<Delay[]> {
  const session = await page.context().newCDPSession(page);
  const words = inputs.map(wordsOf);
  await watch(page);
  const places: (Place | null)[] = [];
  for (const [index, input] of inputs.entries())
    places.push(typeof input === 'string' ? null : await placeOf(page, input, index));
  const sent: Promise<unknown>[] = [];
  const begun = performance.now();
  for (const [index, input] of inputs.entries()) {
    await sleep(Math.max(0, begun + index * EVERY_MS - performance.now()));
    const place = places[index];
    sent.push(place ? press(session, place) : type(session, String(input)));
  }
  await Promise.all(sent);
  const { heard, timed } = await gathered(page);
  await session.detach();
  const missed = words.flatMap((input, index) =>
    heard[index]?.hit === true ? [] : [`${input}, but to ${heard[index]?.on}`],
  );
  if (heard.length !== inputs.length || missed.length > 0)
    throw new Error(
      `of ${inputs.length} inputs ${heard.length} came; not to what they were meant for: ${missed.join('; ')}`,
    );
  return words.map((input, index) => {
    const from = (heard[index]?.at ?? 0) - CLOCK_MS;
    const to = (heard[index + 1]?.at ?? Number.POSITIVE_INFINITY) - CLOCK_MS;
    const own = timed.filter(({ name, at }) => at >= from && at < to && INPUT_EVENTS.includes(name));
    return { input, ms: Math.max(REPORTED_MS, ...own.map(({ ms }) => ms)) };
  });
}

/** Has the page note inputs as they come, in the order in which they are sent, and what the browser says of their events. */
async function watch(page: Page): Promise<void> {
  await page.evaluate((threshold) => {
    const watched: Watch = { targets: [], heard: [], timed: [] };
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as PerformanceEventTiming[])
        watched.timed.push({
          name: entry.name,
          at: entry.startTime,
          ms: entry.processingEnd - entry.startTime,
        });
    });
    observer.observe({ type: 'event', durationThreshold: threshold } as PerformanceObserverInit);
    const hear = (event: Event) => {
      const target = watched.targets[watched.heard.length];
      const [on] = event.composedPath();
      watched.heard.push({
        at: event.timeStamp,
        on: on instanceof Element ? `${on.localName} “${on.textContent?.trim().slice(0, 40)}”` : '',
        hit: event.type === 'keydown' ? !target : !!target && event.composedPath().includes(target),
      });
    };
    for (const type of ['keydown', 'pointerdown']) window.addEventListener(type, hear, { capture: true });
    const stop = () => {
      observer.disconnect();
      for (const type of ['keydown', 'pointerdown'])
        window.removeEventListener(type, hear, { capture: true });
    };
    Object.assign(window, { watched, stopWatching: stop });
  }, REPORTED_MS);
}

/** The middle of an element, which is remembered as the target of that input. */
async function placeOf(page: Page, element: Locator, index: number): Promise<Place> {
  const place = await element.evaluate((target, at) => {
    const { watched } = window as unknown as { watched: Watch };
    watched.targets[at] = target;
    const { left, top, width, height } = target.getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
  }, index);
  const size = page.viewportSize();
  const isInside =
    size !== null && place.x > 0 && place.y > 0 && place.x < size.width && place.y < size.height;
  if (!isInside) throw new Error(`${wordsOf(element)} lies outside of the window`);
  return place;
}

/** All three at once: Playwright's own press would wait for the page between them. */
async function press(session: CDPSession, place: Place): Promise<void> {
  const send = (type: 'mouseMoved' | 'mousePressed' | 'mouseReleased') =>
    session.send('Input.dispatchMouseEvent', {
      ...place,
      type,
      ...(type !== 'mouseMoved' && { button: 'left', clickCount: 1 }),
    });
  await Promise.all([send('mouseMoved'), send('mousePressed'), send('mouseReleased')]);
}

/** By the same way as presses, so that they come in their order. */
async function type(session: CDPSession, input: string): Promise<void> {
  const key = input.startsWith(SHIFT) ? input.slice(SHIFT.length) : input;
  const windowsVirtualKeyCode = KEY_CODES[key] ?? key.toUpperCase().charCodeAt(0);
  if (key.length > 1 && KEY_CODES[key] === undefined)
    throw new Error(`${input} is no key that is known here`);
  const text = key === 'Enter' ? '\r' : key.length === 1 ? key : '';
  const said = { key, windowsVirtualKeyCode, modifiers: key === input ? 0 : SHIFT_HELD };
  await Promise.all([
    session.send('Input.dispatchKeyEvent', {
      ...said,
      ...(text === '' ? { type: 'rawKeyDown' } : { type: 'keyDown', text }),
    }),
    session.send('Input.dispatchKeyEvent', { ...said, type: 'keyUp' }),
  ]);
}

async function gathered(page: Page): Promise<Omit<Watch, 'targets'>> {
  return page.evaluate(async () => {
    // Entries are handed out after the next frame.
    for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
    await new Promise((resolve) => setTimeout(resolve, 100));
    const { watched, stopWatching } = window as unknown as { watched: Watch; stopWatching: () => void };
    stopWatching();
    return { heard: watched.heard, timed: watched.timed };
  });
}

function wordsOf(input: Input): string {
  return typeof input === 'string' ? input : String(input);
}

/** The value below which a share of the numbers lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
