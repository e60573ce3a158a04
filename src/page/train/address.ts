/** The address of the view holds its settings: what a link says is taken, and what a person types is said there. */

import { effect, untracked } from '@preact/signals-core';
import { type PresetName, presetOf, racePreset } from '../../formats/share/presets.ts';
import type { TextSettings, TrainSettings } from '../../formats/share/settings.ts';
import { readShare, shareQuery } from '../../formats/shareLink.ts';
import type { Opened } from '../../worker/api/lab.ts';
import type { Side } from '../../worker/api/texts.ts';
import type { Lab } from '../lab.ts';
import type { Place } from '../shell/router.ts';
import type { TrainActions } from './actions.ts';
import { specOfPicker } from './corpora/picker.ts';
import { takeOpened } from './events.ts';
import type { TrainState } from './state.ts';
import { SIDES } from './textsState.ts';

const QUIET_MS = 400;

/** The texts as a link names them: what is read, or else what is chosen to be read; null for a file of the person's own. */
function textsOf({ texts }: TrainState): TextSettings {
  const specOf = (side: Side): string | null => {
    const spec =
      texts.facts(side)?.spec ?? specOfPicker(texts.pickers[side].value, texts.catalogue.value).spec;
    return spec === null || spec.startsWith('file:') ? null : spec;
  };
  return { target: specOf('target'), source: specOf('source') };
}

function settingsOf(state: TrainState): TrainSettings {
  return { ...state.form.values.value, texts: textsOf(state) };
}

/** Whether anything that a link would say, a text too, is otherwise than in the preset. */
export function differsFromPreset(state: TrainState): boolean {
  const preset = state.form.preset.value;
  return [...shareQuery(settingsOf(state), preset).keys()].length > 1;
}

/** A link to the settings as they stand, and what it could not take along, in words. */
export function linkOf(state: TrainState): { readonly link: string; readonly left: string } {
  const query = shareQuery(settingsOf(state), state.form.preset.value);
  const link = new URL(`#/train?${query}`, location.href).href;
  const own = SIDES.filter((side) => state.texts.facts(side)?.spec.startsWith('file:'));
  const left =
    own.length === 0
      ? ''
      : `Your own ${own.join(' and ')} text ${own.length > 1 ? 'are' : 'is'} not in it, for nothing of a file leaves this machine: whoever opens the link chooses a text of theirs.`;
  const isStarted = state.models.startId.value !== null;
  const isWrong = state.form.reading.value.problems.size > 0;
  return {
    link,
    left: [
      left,
      isStarted
        ? 'The model that the runs start from is not in it: it stays on this machine, and whoever opens the link begins with new weights.'
        : '',
      isWrong ? 'Fields that have to be mended are as in the preset.' : '',
    ]
      .filter((words) => words !== '')
      .join(' '),
  };
}

/**
 * Takes the settings of the address when the lab has opened, and again whenever a link says others; says in the address what a person
 * changes, without a step in the history. Gives a stop.
 */
export function keepAddress({ app, router }: Lab, state: TrainState, actions: TrainActions): () => void {
  const { form, fleet } = state;
  /** What the address said when it was last taken or written: whoever comes back to it asks for nothing new. */
  let known = '';
  let isOpen = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const isSoftware = () => {
    const adapter = app.adapter.peek();
    return !adapter?.ok || adapter.value.software;
  };

  const begin = (opened: Opened) => {
    isOpen = true;
    const preset = racePreset(isSoftware());
    if (!form.touched.peek()) form.take(preset, presetOf(preset).settings, false);
    takeOpened(state, opened);
  };

  const takeAddress = (place: Place) => {
    const { query } = place;
    if (query.toString() === known) return;
    known = query.toString();
    const said = readShare(query, isSoftware());
    if (!said) return;
    if (fleet.busy.peek()) {
      app.notify(
        'A fleet is at work, so the settings of the link were not taken; open it again when the fleet is over.',
      );
      return;
    }
    if (said.problems.length > 0) {
      app.notify(`Not all of the link could be taken. ${said.problems.join(' ')} The rest stands below.`);
    }
    void takeSaid(said.preset, said.settings, said.start && { isSent: place === router.opened });
  };

  /** A link of the page itself trains at once where nothing is lost by it; one that was sent, and may be anybody's, is asked about. */
  const takeSaid = async (
    preset: PresetName,
    { texts, ...values }: TrainSettings,
    start: false | { readonly isSent: boolean },
  ) => {
    await actions.takeSettings(preset, values, texts);
    if (!start) return;
    const isFree = fleet.rows.peek().length === 0 && fleet.interrupted.peek() === null;
    if (!isFree || (start.isSent && app.adapter.peek()?.ok)) state.wantsStart.value = true;
    else if (app.adapter.peek()?.ok) await actions.train();
  };

  const stopReading = effect(() => {
    const opened = app.opened.value;
    const isUnopened = app.unopened.value;
    const place = router.place.value;
    // What is done about them reads and changes much of the state, and must not be done again for that.
    untracked(() => {
      if (opened && !isOpen) begin(opened);
      // A lab without its worker still has an editor.
      if (place.view === 'train' && (opened || isUnopened)) takeAddress(place);
    });
  });

  const stopWriting = effect(() => {
    const query = shareQuery(settingsOf(state), form.preset.value);
    const { view } = router.place.value;
    clearTimeout(timer);
    if (!app.opened.value || view !== 'train' || state.texts.isReading.value) return;
    timer = setTimeout(() => {
      const place = router.place.peek();
      if (place.view !== 'train' || place.query.toString() === query.toString()) return;
      known = query.toString();
      router.replace(query);
    }, QUIET_MS);
  });

  return () => {
    clearTimeout(timer);
    stopReading();
    stopWriting();
  };
}
