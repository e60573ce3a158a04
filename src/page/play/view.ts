/** The view Play: what the models write, how they find a text, whether they compute right, and how to take them away. */

import { computed, effect } from '@preact/signals-core';
import type { CreateView, Lab } from '../lab.ts';
import { define } from '../parts/define.ts';
import { Checker } from './checking/checker.ts';
import { Choice } from './choice.ts';
import { ModelDesk } from './models/modelDesk.ts';
import { OpenModels } from './openModels.ts';
import { PlayView } from './panel.ts';
import type { Play } from './playElement.ts';
import { Scorer } from './scoring/scorer.ts';
import { Writer } from './writing/writer.ts';

export const createView: CreateView = (lab) => {
  define('play-view', PlayView);
  const play = playOf(lab);
  lab.listenPlay((event) => play.writer.take(event));
  lab.models.loadOnceOpen(lab.app);
  const view = new PlayView();
  view.play = play;
  return view;
};

function playOf(lab: Lab): Play {
  const clients = { client: lab.client, play: lab.play };
  const say = (words: string) => lab.app.say(words);
  const choice = new Choice(lab.models.all);
  const models = new OpenModels(clients);
  // A model that is not chosen any more, or is gone, gives back its memory.
  effect(() => models.keepOnly(choice.models.value.map(({ id }) => id)));
  return {
    lab,
    shown: computed(() => lab.router.place.value.view === 'play'),
    choice,
    desk: new ModelDesk({ client: lab.client, choice, say }),
    writer: new Writer({ clients, models, choice, say }),
    scorer: new Scorer({ models, choice, say }),
    checker: new Checker({ clients, models, say }),
  };
}
