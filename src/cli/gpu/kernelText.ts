/** The WGSL of a kernel as it is compiled, by the kernel's name. */

import { type Kernel, wgslOf } from '../../gpu/kernel.ts';
import { catalogue } from '../../gpu/kernels/catalogue.ts';
import { InputError } from '../report.ts';

export type KernelText = {
  readonly name: string;
  readonly wgsl: string;
  /** Further kernels that what was asked for means as well. */
  readonly others: readonly string[];
};

/**
 * The text of the kernel named `asked`. Some of its words will do, e.g. the name of a file in shaders/, or `matmul_nt quads
 * 8x16`: then it is the first kernel that has them all. Throws {@link InputError} with the files that there are.
 */
export function kernelText(asked: string, kernels: ReadonlyMap<string, Kernel> = catalogue()): KernelText {
  const wanted = wordsOf(asked.replace(/\.wgsl$/, ''));
  const meant = [...kernels].filter(([name]) => {
    const words = wordsOf(name);
    return wanted.length > 0 && wanted.every((word) => words.includes(word));
  });
  const found = meant.find(([name]) => name === asked) ?? meant[0];
  if (!found) {
    const files = new Set([...kernels.values()].map(({ shader }) => shader.name));
    throw new InputError(
      `--wgsl: there is no kernel ${JSON.stringify(asked)}; name one of these, its variants are told then: ${[...files].sort().join(', ')}`,
    );
  }
  const [name, kernel] = found;
  const others = name === asked ? [] : meant.map(([other]) => other).filter((other) => other !== name);
  return { name, wgsl: wgslOf(kernel), others };
}

/** The words of a name; who has no × on the keyboard types x. */
function wordsOf(name: string): string[] {
  return name
    .replace(/(\d)x(\d)/g, '$1×$2')
    .split(/[ ,]+/)
    .filter((word) => word !== '');
}
