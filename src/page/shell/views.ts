/** The six views: what they are called, and the code that is loaded when one is first shown. */

import type { CreateView } from '../lab.ts';
import type { ViewName } from './router.ts';

export type ViewFacts = {
  /** In the navigation and in the window's title. */
  readonly title: string;
  /** What it is for, in a sentence: under its heading, and in the help. */
  readonly lead: string;
  /** Whether it has little to show without a GPU. */
  readonly needsGpu: boolean;
  readonly load: () => Promise<{ readonly createView: CreateView }>;
};

export const VIEW_FACTS: Readonly<Record<ViewName, ViewFacts>> = {
  tour: {
    title: 'Tour',
    lead: 'How to train a language model when the language has little text, in six short steps.',
    needsGpu: false,
    load: () => import('../tour/view.ts'),
  },
  train: {
    title: 'Train',
    lead: 'Two texts, a few recipes side by side: which one teaches a language that has little text?',
    needsGpu: true,
    load: () => import('../train/view.ts'),
  },
  sweep: {
    title: 'Sweep',
    lead: 'Many runs by one design: what they cost before they start, and a queue that outlives a closed tab.',
    needsGpu: true,
    load: () => import('../sweep/view.ts'),
  },
  fit: {
    title: 'Fit',
    lead: 'One formula for all runs: what it says, how sure it is, and what it cannot tell.',
    needsGpu: false,
    load: () => import('../fit/view.ts'),
  },
  map: {
    title: 'Map',
    lead: 'Which recipe is best, for how much text and how much compute.',
    needsGpu: false,
    load: () => import('../map/view.ts'),
  },
  play: {
    title: 'Play',
    lead: 'What the models write, how they find a text, and a way to take them along.',
    needsGpu: false,
    load: () => import('../play/view.ts'),
  },
};
