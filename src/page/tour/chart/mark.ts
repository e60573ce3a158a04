/** The signs of a chart's points. */

import type { Shape } from '../looks.ts';

/** A closed shape of about the same area as a circle of this radius. */
export function markPath(shape: Shape, x: number, y: number, radius: number): string {
  switch (shape) {
    case 'circle':
      return `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0z`;
    case 'square': {
      const side = radius * 0.9;
      return `M${x - side} ${y - side}h${2 * side}v${2 * side}h${-2 * side}z`;
    }
    case 'triangle': {
      const reach = radius * 1.25;
      return `M${x} ${y - reach}l${reach} ${1.8 * reach}h${-2 * reach}z`;
    }
    case 'star': {
      const [reach, waist] = [radius * 1.7, radius * 0.45];
      return `M${x} ${y - reach}l${waist} ${reach - waist}l${reach - waist} ${waist}l${waist - reach} ${waist}l${-waist} ${reach - waist}l${-waist} ${waist - reach}l${waist - reach} ${-waist}l${reach - waist} ${-waist}z`;
    }
    case 'diamond': {
      const reach = radius * 1.25;
      return `M${x} ${y - reach}l${reach} ${reach}l${-reach} ${reach}l${-reach} ${-reach}z`;
    }
  }
}
