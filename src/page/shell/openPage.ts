/** Makes the lab: the workers' doors and what all views share. */

import { batch, type Signal, signal } from '@preact/signals-core';
import type { LabEvent } from '../../worker/api/lab.ts';
import type { LawEvent } from '../../worker/api/law.ts';
import type { PlayEvent } from '../../worker/api/play.ts';
import { openLab, openLaw, openPlay } from '../../worker/client.ts';
import { AppState } from '../appState.ts';
import { DeviceState } from '../deviceState.ts';
import { openFits } from '../fit/openFits.ts';
import type { Lab } from '../lab.ts';
import { ModelShelf } from '../models/modelShelf.ts';
import { hear, NO_WRITERS, opened, type Writers } from '../play/writers.ts';
import { Library } from '../runs/library.ts';
import { Keys } from './keys.ts';
import { Listeners } from './listeners.ts';
import { Router, VIEWS } from './router.ts';
import { tellQueue } from './underWay.ts';

export function openPage(): Lab {
  const app = new AppState();
  const router = new Router();
  const keys = new Keys(() => router.place.peek().view);
  const heard = new Listeners<LabEvent>();
  const heardOfLaws = new Listeners<LawEvent>();
  const heardOfPlay = new Listeners<PlayEvent>();
  heard.add((event) => {
    if (event.event === 'notice') app.notify(event.message);
    else if (event.event === 'failure') app.failure.value = event.failure;
    else if (event.event === 'queue') tellQueue(app, event.queue);
    else if (event.event === 'saved') app.keepOpened({ saved: event.saved });
    else if (event.event === 'corpus') app.keepOpened({ corpus: event.facts });
  });
  const client = openLab((event) => heard.tell(event));
  const law = openLaw((event) => heardOfLaws.tell(event));
  const play = openPlay((event) => heardOfPlay.tell(event));
  const library = new Library({ client, onProblem: (words) => app.notify(words) });
  heard.add((event) => library.take(event));
  const models = new ModelShelf(client);
  heard.add((event) => models.take(event));
  const writers: Signal<Writers> = signal(NO_WRITERS);
  heard.add((event) => {
    writers.value = hear(writers.peek(), event);
  });
  const lab: Lab = {
    client,
    law,
    play,
    app,
    device: new DeviceState(app),
    router,
    keys,
    library,
    models,
    writers,
    fits: openFits({
      client,
      law,
      library,
      listenLaw: (listener) => heardOfLaws.add(listener),
      onProblem: (words) => app.notify(words),
    }),
    open: async () => {
      const outcome = await client.send({ command: 'open', tuning: tuningAsked() });
      batch(() => {
        app.unopened.value = !outcome.ok;
        if (outcome.ok) {
          app.adapter.value = outcome.value.adapter;
          app.opened.value = outcome.value;
          writers.value = opened(writers.peek(), outcome.value.saved);
        } else app.failure.value = outcome.failure;
      });
    },
    listen: (listener) => heard.add(listener),
    listenLaw: (listener) => heardOfLaws.add(listener),
    listenPlay: (listener) => heardOfPlay.add(listener),
  };
  keepTellingVisibility(lab);
  keepPage();
  registerKeys(lab);
  return lab;
}

/** As `m3lab train --tuning off`: at `?tuning=off` the same kernels on every visit, whatever would be faster. */
function tuningAsked(): 'auto' | 'off' {
  return new URLSearchParams(location.search).get('tuning') === 'off' ? 'off' : 'auto';
}

/** While nobody sees the page the worker may hold the GPU for longer at a time. */
function keepTellingVisibility({ client }: Lab): void {
  const tell = () =>
    void client.send({ command: 'visibility', visible: document.visibilityState === 'visible' });
  document.addEventListener('visibilitychange', tell);
  // A tab that was opened in the background hears of no change.
  tell();
}

/** A file that is dropped beside the place for it would be opened in place of the page, and a training that is under way broken off. */
function keepPage(): void {
  for (const name of ['dragover', 'drop'] as const) {
    window.addEventListener(name, (event) => {
      if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return;
      // A field for files takes them by itself.
      if (event.composedPath().some((one) => one instanceof HTMLInputElement)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'none';
    });
  }
}

function registerKeys({ keys, router }: Lab): void {
  keys.register(
    'everywhere',
    ...VIEWS.map((view, index) => ({
      key: String(index + 1),
      words: 'Go to a view, in their order',
      act: () => router.go(view),
    })),
  );
  keys.listen();
}
