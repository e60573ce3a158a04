/** The address says which law and which runs, and they the address: a choice is a step in the history, which back undoes. */

import { batch, effect, untracked } from '@preact/signals-core';
import type { Lab } from '../lab.ts';
import type { Place } from '../shell/router.ts';
import { type FitAddress, fitAddressOf, fitQueryOf, NOTHING_SAID, sentOf } from './fitAddress.ts';
import type { Fits } from './fits.ts';
import type { FitStudy } from './study.ts';

type Followed = Pick<FitStudy, 'laws' | 'against' | 'addressProblems'> & {
  readonly fits: Pick<Fits, 'chosenLaw' | 'selection' | 'ownLaws' | 'prepared' | 'choose'>;
};

/** Gives a stop. */
export function followAddress({ router }: Pick<Lab, 'router'>, study: Followed): () => void {
  /** What the view's choices came to when it and the address last agreed, and what the address was then. */
  let said = textOf(study);
  let address = '';
  /** The place that was written here last. */
  let written: Place | null = null;
  let isShown = false;
  const replace = (text: string) => {
    router.replace(new URLSearchParams(text));
    written = router.place.peek();
  };
  const stopReading = effect(() => {
    const place = router.place.value;
    const text = place.query.toString();
    // Who comes back by the view's name alone asks for nothing new.
    if (place.view !== 'fit' || place === written || text === address || text === '') return;
    address = text;
    untracked(() =>
      batch(() => {
        const { problems, ...read } = fitAddressOf(place.query);
        take(read, study);
        study.addressProblems.value = problems;
        said = textOf(study);
      }),
    );
  });
  const stopChecking = effect(() => {
    const { chosenLaw } = study.fits;
    const names = lawNames(study);
    const law = chosenLaw.value;
    if (law === null || names === null || names.includes(law)) return;
    untracked(() =>
      batch(() => {
        chosenLaw.value = null;
        study.addressProblems.value = [
          ...study.addressProblems.peek(),
          `law in the address: there is no law “${law}” here, so the runs choose one. A law of one’s own stays in the browser it was written in.`,
        ];
        said = textOf(study);
      }),
    );
  });
  const stopWriting = effect(() => {
    const now = textOf(study);
    const { view, query } = router.place.value;
    const isEntered = !isShown && view === 'fit';
    isShown = view === 'fit';
    if (!isShown) return;
    untracked(() => {
      const isBare = query.toString() === '';
      const before = said;
      const isChosen = now !== before;
      if (!isChosen && (!isBare || now === NOTHING_SAID)) return;
      [said, address] = [now, now];
      if (isChosen) study.addressProblems.value = [];
      if (isEntered || !isChosen) {
        replace(now);
        return;
      }
      // Back goes to what was there, which an address without a word would not say.
      if (isBare) replace(before);
      router.go('fit', new URLSearchParams(now));
    });
  });
  return () => {
    stopReading();
    stopChecking();
    stopWriting();
  };
}

function textOf({ fits, against }: Followed): string {
  return fitQueryOf({
    law: fits.chosenLaw.value,
    selection: sentOf(fits.selection.value),
    against: against.value,
  }).toString();
}

/** What is the same stays as it is: runs that are chosen anew are fitted anew. */
function take({ law, selection, against }: FitAddress, study: Followed): void {
  const { fits } = study;
  fits.chosenLaw.value = law;
  if (JSON.stringify(selection) !== JSON.stringify(sentOf(fits.selection.peek()))) fits.choose(selection);
  study.against.value = against;
}

/** Names of all laws; null while some may still come. */
function lawNames({ laws, fits }: Followed): readonly string[] | null {
  if (laws.value.length === 0 || !fits.prepared.value) return null;
  return [...laws.value, ...fits.ownLaws.value].map(({ name }) => name);
}
