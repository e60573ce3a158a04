/** The view Play: what the models write. */

import type { CreateView } from '../lab.ts';
import { define } from '../parts/define.ts';
import { PlayView } from './panel.ts';

export const createView: CreateView = (lab) => {
  define('play-view', PlayView);
  const view = new PlayView();
  view.writers = lab.writers;
  return view;
};
