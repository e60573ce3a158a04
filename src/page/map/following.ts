/** What the map's case follows: the address, the runs, and the tokenizer of the fit; and what of it the address says. */

import { effect, untracked } from '@preact/signals-core';
import type { Lab } from '../lab.ts';
import { EMPTY_CASE, withCase } from './case/caseForm.ts';
import { mapAddressOf, mapQueryOf, roundedCase } from './mapAddress.ts';
import type { MapState } from './state.ts';

/** A case to begin with: so many times the compute of the dearest run. */
const EXAMPLE_TIMES = 10;

/** A slider moves more often than an address may. */
const ADDRESS_MS = 400;

/** The address says the case, and the case the address. Gives a stop. */
export function followAddress({ router }: Pick<Lab, 'router'>, state: MapState): () => void {
  let last = '';
  const stopReading = effect(() => {
    const { view, query } = router.place.value;
    if (view !== 'map' || query.toString() === last) return;
    last = query.toString();
    // Who comes back by the view's name alone asks for nothing new.
    if (last === '') return;
    untracked(() => {
      const { compute, targetTokens, turned, problems } = mapAddressOf(query);
      state.addressProblems.value = problems;
      if (compute !== null || targetTokens !== null) state.askAbout({ compute, targetTokens });
      if (JSON.stringify(turned) !== JSON.stringify(state.asked.peek())) state.asked.value = turned;
    });
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stopWriting = effect(() => {
    const { compute, targetTokens } = state.case.value;
    const turned = state.asked.value;
    const isExample = state.isExample.value;
    if (!state.shown.value) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (!state.shown.peek()) return;
      const said = isExample ? { compute: null, targetTokens: null } : { compute, targetTokens };
      const query = mapQueryOf({ ...said, turned });
      if (query.toString() === router.place.peek().query.toString()) return;
      last = query.toString();
      router.replace(query);
    }, ADDRESS_MS);
  });
  return () => {
    clearTimeout(timer);
    stopReading();
    stopWriting();
  };
}

/** Before anybody has said a case, one follows from the runs. Gives a stop. */
export function giveExample(state: MapState): () => void {
  return effect(() => {
    const span = state.span.value;
    if (!span || !state.isExample.value) return;
    const compute = span.compute[1] * EXAMPLE_TIMES;
    const targetTokens = Math.sqrt(span.targetTokens[0] * span.targetTokens[1]);
    untracked(() => {
      const form = withCase(state.form.peek(), roundedCase({ compute, targetTokens }));
      if (JSON.stringify(form) !== JSON.stringify(state.form.peek())) state.form.value = form;
    });
  });
}

/**
 * Bytes a token, as the runs of the fit had it: a loss in nats a token and one in bits a byte say it. What a person has typed stays. Gives a
 * stop.
 */
export function tellTokenizer({ library, fits }: Pick<Lab, 'library' | 'fits'>, state: MapState): () => void {
  let told = EMPTY_CASE.bytesPerToken;
  return effect(() => {
    const { tokenizer } = fits.composition.value;
    const run = library.runs.value.find(
      (one) => one.tokenizer === tokenizer && one.targetLoss !== null && one.targetBitsPerByte !== null,
    );
    const bytes =
      tokenizer === 'bytes' || !run?.targetLoss || !run.targetBitsPerByte
        ? 1
        : run.targetLoss / (Math.LN2 * run.targetBitsPerByte);
    const text = String(Number(bytes.toPrecision(3)));
    untracked(() => {
      const form = state.form.peek();
      if (form.bytesPerToken !== told) return;
      told = text;
      if (form.bytesPerToken !== text) state.form.value = { ...form, bytesPerToken: text };
    });
  });
}
