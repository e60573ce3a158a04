/** A recipe's tokens from the first to the last: target from below, source above. */

import { svg, type TemplateResult } from 'lit';
import type { RunSummary } from '../../../formats/runSummary.ts';
import { count } from '../../parts/format.ts';
import { languageWords } from '../../runs/languages.ts';
import { percentWords } from '../words.ts';

type Stage = { readonly share: number; readonly ratio: number };

export function stagesOf({ r, r_1, r_f, s }: Pick<RunSummary, 'r' | 'r_1' | 'r_f' | 's'>): readonly Stage[] {
  if (s >= 1) return [{ share: 1, ratio: r }];
  return [
    { share: 1 - s, ratio: r_1 },
    { share: s, ratio: r_f },
  ];
}

export function stripWords(run: RunSummary): string {
  const target = languageWords(run.target);
  const stages = stagesOf(run).map(
    ({ share, ratio }) =>
      `${count(Math.round(share * run.D))} tokens of which ${percentWords(ratio)} ${target}`,
  );
  return stages.join(', then ');
}

const WIDTH = 200;
const HEIGHT = 22;

/** @param longest tokens of the longest recipe beside it */
export function strip(run: RunSummary, longest: number): TemplateResult {
  const width = (WIDTH * run.D) / longest;
  let from = 0;
  const stages = stagesOf(run).map(({ share, ratio }) => {
    const [x, wide, high] = [from, share * width, ratio * HEIGHT];
    from += wide;
    return svg`
      <rect class="source" x=${x} y="0" width=${wide} height=${HEIGHT - high}></rect>
      <rect class="target" x=${x} y=${HEIGHT - high} width=${wide} height=${high}></rect>
    `;
  });
  return svg`
    <svg class="strip" role="img" aria-label=${stripWords(run)} viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none">${stages}</svg>
  `;
}
