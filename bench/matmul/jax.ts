/** The peer @jax-js/jax: one product in a jit, transposed where it goes in, which its compiler makes an indexing. */

import { defaultDevice, init, jit, numpy as np } from '@jax-js/jax';
import type { Multiplier } from './multiplier.ts';
import type { Matrix, Operands, Product } from './product.ts';

function upload({ shape, values }: Matrix): np.Array {
  return np.array(values).reshape([...shape]);
}

export async function createJaxMultiplier(_product: Product, operands: Operands): Promise<Multiplier> {
  const devices = await init('webgpu');
  if (!devices.includes('webgpu')) throw new Error('jax-js found no WebGPU device');
  defaultDevice('webgpu');
  const { transposeLeft, transposeRight } = operands;
  const left = upload(operands.left);
  const right = upload(operands.right);
  const multiply = jit((a: np.Array, b: np.Array) =>
    np.matmul(transposeLeft ? np.transpose(a) : a, transposeRight ? np.transpose(b) : b),
  );

  return {
    async multiply(times) {
      let last: np.Array | null = null;
      for (let time = 0; time < times; time++) {
        last?.dispose();
        last = multiply(left.ref, right.ref);
        // Operations wait until someone looks; asking for the buffer (which consumes a reference) sends them off.
        await last.ref.gpuBuffer();
      }
      await last?.blockUntilReady();
      last?.dispose();
    },
    async result() {
      const values = await multiply(left.ref, right.ref).data();
      if (!(values instanceof Float32Array)) throw new Error('jax-js gave a product that is not float32');
      return values;
    },
    destroy() {
      left.dispose();
      right.dispose();
      multiply.dispose();
    },
  };
}
