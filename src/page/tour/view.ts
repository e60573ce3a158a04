/** The view Tour. */

import type { CreateView } from '../lab.ts';
import { TourPanel } from './panel.ts';

export const createView: CreateView = (lab) => {
  const panel = new TourPanel();
  panel.lab = lab;
  return panel;
};
