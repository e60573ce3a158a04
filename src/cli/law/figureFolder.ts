/** A folder of figures, each an SVG file of its own. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import type { Canvas, Figure } from '../../figures/frame.ts';
import { svgFile } from '../../figures/svgFile.ts';

export class FigureFolder {
  readonly canvas: Canvas;
  /** Names that were written. */
  readonly written: string[] = [];
  readonly #folder: string;

  /** `folder` is there already. `smallPrint` stands under each figure: what a reader has to know of the laws in it. */
  constructor(folder: string, smallPrint: string) {
    this.#folder = folder;
    this.canvas = { document: parseHTML('<!doctype html><html><body></body></html>').document, smallPrint };
  }

  /** A figure of the same name is replaced. */
  async write(name: string, draw: (canvas: Canvas) => Figure): Promise<void> {
    const file = `${name}.svg`;
    await writeFile(join(this.#folder, file), svgFile(draw(this.canvas)));
    this.written.push(file);
  }
}
