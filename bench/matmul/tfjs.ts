/** The peer TensorFlow.js: its matMul, which takes either operand transposed. */

import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-webgpu';
import type { Multiplier } from './multiplier.ts';
import type { Matrix, Operands, Product } from './product.ts';

function upload({ shape, values }: Matrix): tf.Tensor2D {
  return tf.tensor2d(values, [...shape]);
}

export async function createTfjsMultiplier(_product: Product, operands: Operands): Promise<Multiplier> {
  await tf.setBackend('webgpu');
  await tf.ready();
  const { transposeLeft, transposeRight } = operands;
  const left = upload(operands.left);
  const right = upload(operands.right);
  const multiply = () => tf.matMul(left, right, transposeLeft, transposeRight);

  return {
    async multiply(times) {
      for (let time = 1; time < times; time++) multiply().dispose();
      // Operations wait in a queue until someone looks; one number of the last product is enough.
      const last = multiply();
      const corner = tf.slice(last, [0, 0], [1, 1]);
      await corner.data();
      tf.dispose([last, corner]);
    },
    async result() {
      const product = multiply();
      const values = await product.data();
      product.dispose();
      if (!(values instanceof Float32Array)) throw new Error('tfjs gave a product that is not float32');
      return values;
    },
    destroy() {
      tf.dispose([left, right]);
    },
  };
}
