/** A drawing of the page as a file of its own: its looks come from stylesheets that a file does not have, so they are written into it. */

import { FIGURE_CLASS } from '../../../figures/theme.ts';

const SVG = 'http://www.w3.org/2000/svg';

/** What stylesheets say of shapes and words, by its name as an attribute and as a property. */
const LOOKS = [
  'color',
  'display',
  'dominant-baseline',
  'fill',
  'fill-opacity',
  'font-family',
  'font-size',
  'font-style',
  'font-variant-numeric',
  'font-weight',
  'letter-spacing',
  'opacity',
  'paint-order',
  'stroke',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'stroke-opacity',
  'stroke-width',
  'text-anchor',
  'visibility',
] as const;

export type PictureSize = { readonly width: number; readonly height: number };

/** How large the drawing is, in CSS pixels: as shown, or as its attributes say where it is not in the page. */
export function sizeOf(drawing: SVGSVGElement): PictureSize {
  const { width, height } = drawing.getBoundingClientRect();
  if (width > 0 && height > 0) return { width, height };
  const [, , boxWidth = 640, boxHeight = 400] = (drawing.getAttribute('viewBox') ?? '')
    .split(/[\s,]+/)
    .map(Number);
  const said = (name: string, otherwise: number) =>
    Number.parseFloat(drawing.getAttribute(name) ?? '') || otherwise;
  return { width: said('width', boxWidth), height: said('height', boxHeight) };
}

/** A copy with the looks it has in the page, on that page's paper. */
export function withLooks(drawing: SVGSVGElement): SVGSVGElement {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  takeLooks(drawing, copy, null);
  const { width, height } = sizeOf(drawing);
  copy.setAttribute('xmlns', SVG);
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  if (!copy.hasAttribute('viewBox')) copy.setAttribute('viewBox', `0 0 ${width} ${height}`);
  copy.insertBefore(paperFor(copy), copy.firstChild);
  return copy;
}

/**
 * The text of an .svg file. Figures of laws bring a stylesheet of their own, with dark colours too; what else is in the page is as it is shown, and
 * what is not has its looks already, by {@link withLooks}.
 */
export async function svgText(drawing: SVGSVGElement): Promise<string> {
  if (drawing.classList.contains(FIGURE_CLASS) && !drawing.isConnected) {
    const { svgFile } = await import('../../../figures/svgFile.ts');
    return svgFile(drawing);
  }
  const whole = drawing.isConnected ? withLooks(drawing) : drawing;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(whole)}\n`;
}

/** Dots for each CSS pixel: sharp on paper and on the wall. */
const SCALE = 2;

/** @throws Error with a reason in words where the browser cannot draw it. */
export async function pngOf(drawing: SVGSVGElement): Promise<Blob> {
  const { width, height } = sizeOf(drawing);
  const text = await svgText(drawing);
  const image = new Image();
  // The page's policy admits pictures from data: addresses and from itself.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  try {
    await image.decode();
  } catch {
    throw new Error('This browser cannot draw the figure as a picture; its SVG says the same.');
  }
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * SCALE);
  canvas.height = Math.round(height * SCALE);
  const context = canvas.getContext('2d');
  context?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!context || !blob)
    throw new Error('This browser gives no memory for the picture; its SVG says the same.');
  return blob;
}

/** Writes into `copy` what differs from what its parent hands down. */
function takeLooks(original: Element, copy: Element, above: CSSStyleDeclaration | null): void {
  const style = getComputedStyle(original);
  for (const name of LOOKS) {
    const value = style.getPropertyValue(name);
    if (value !== '' && (above === null || value !== above.getPropertyValue(name) || copy.hasAttribute(name)))
      copy.setAttribute(name, value);
  }
  copy.removeAttribute('class');
  copy.removeAttribute('part');
  const copies = [...copy.children];
  for (const [index, child] of [...original.children].entries()) {
    const twin = copies[index];
    if (twin) takeLooks(child, twin, style);
  }
}

function paperFor(copy: SVGSVGElement): SVGRectElement {
  const [x = 0, y = 0, width = 0, height = 0] = (copy.getAttribute('viewBox') ?? '')
    .split(/[\s,]+/)
    .map(Number);
  const paper = document.createElementNS(SVG, 'rect');
  const colour = getComputedStyle(document.documentElement).getPropertyValue('--sheet').trim();
  for (const [name, value] of Object.entries({ x, y, width, height, fill: colour }))
    paper.setAttribute(name, String(value));
  return paper;
}
