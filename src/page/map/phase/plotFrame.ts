/** Where on a drawn figure a quantity stands, and the other way round: for what lies over it. */

type PlotScale = {
  readonly range?: readonly number[];
  readonly apply: (value: number) => number;
  readonly invert?: (place: number) => number;
};
type Scaled = SVGSVGElement & { readonly scale?: (name: 'x' | 'y') => PlotScale | undefined };

export type PlotFrame = {
  readonly figure: SVGSVGElement;
  readonly x: Required<PlotScale>;
  readonly y: Required<PlotScale>;
  /** Of the whole figure, in its own units. */
  readonly width: number;
  readonly height: number;
};

/** Null for a figure without axes, e.g. one that says why it is empty. */
export function plotFrameOf(figure: SVGSVGElement | null): PlotFrame | null {
  if (!figure) return null;
  const { scale } = figure as Scaled;
  const [x, y] = [scale?.('x'), scale?.('y')];
  if (!isWhole(x) || !isWhole(y)) return null;
  const { width, height } = figure.viewBox.baseVal;
  return { figure, x, y, width, height };
}

function isWhole(scale: PlotScale | undefined): scale is Required<PlotScale> {
  return scale?.invert !== undefined && scale.range !== undefined;
}

/** What stands under a pointer; null outside the frame. */
export function valuesUnder(
  { figure, x, y, width, height }: PlotFrame,
  { clientX, clientY }: { readonly clientX: number; readonly clientY: number },
): { readonly x: number; readonly y: number } | null {
  const box = figure.getBoundingClientRect();
  if (box.width === 0 || box.height === 0) return null;
  const across = ((clientX - box.left) / box.width) * width;
  const down = ((clientY - box.top) / box.height) * height;
  if (!isIn(across, x.range) || !isIn(down, y.range)) return null;
  return { x: x.invert(across), y: y.invert(down) };
}

function isIn(place: number, range: readonly number[]): boolean {
  return place >= Math.min(...range) && place <= Math.max(...range);
}
