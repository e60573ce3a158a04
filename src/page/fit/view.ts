/** The view Fit: the law, its rivals, its honesty. */

import type { CreateView, Lab } from '../lab.ts';
import { define } from '../parts/define.ts';
import '../parts/dialog/panel.ts';
import '../parts/figure/panel.ts';
import '../parts/plot/panel.ts';
import { FitDoubts } from './doubts/panel.ts';
import { followAddress } from './following.ts';
import { FitHeldOut } from './heldOut/panel.ts';
import { FitImport } from './importing/panel.ts';
import { FitKeep } from './keep/panel.ts';
import { FitLaws } from './laws/panel.ts';
import { FitOwnLaw } from './own/panel.ts';
import { FitParameters } from './parameters/panel.ts';
import { FitPoints } from './points/panel.ts';
import { FitProfile } from './profile/panel.ts';
import { FitSources } from './sources/panel.ts';
import { FitStudy } from './study.ts';
import { FitSummary } from './summary/panel.ts';
import { FitView } from './view/panel.ts';

export const createView: CreateView = (lab: Lab) => {
  define('fit-sources', FitSources);
  define('fit-summary', FitSummary);
  define('fit-parameters', FitParameters);
  define('fit-points', FitPoints);
  define('fit-doubts', FitDoubts);
  define('fit-laws', FitLaws);
  define('fit-held-out', FitHeldOut);
  define('fit-profile', FitProfile);
  define('fit-own-law', FitOwnLaw);
  define('fit-keep', FitKeep);
  define('fit-import', FitImport);
  define('fit-view', FitView);
  const view = new FitView();
  const study = new FitStudy(lab);
  view.study = study;
  lab.fits.lookedAtBy(study.seen);
  lab.keys.register('fit', {
    key: 'a',
    words: 'Fit all laws',
    act: () => {
      void view.study?.compare();
    },
  });
  lab.keys.register('fit', { key: 'i', words: 'Bring runs along', act: () => view.bringRuns() });
  followAddress(lab, study);
  lab.fits.ensure();
  return view;
};
