import { fromBinary } from '@bufbuild/protobuf';
import { ModelProtoSchema } from 'onnx-buf';
import { expect, test } from 'vitest';
import { OnnxTooLargeError } from '../../../src/export/onnx/error.ts';
import { onnxModel } from '../../../src/export/onnx/model.ts';
import { namedTensors } from '../../../src/huggingFace/tensors.ts';
import { parameterTable } from '../../../src/model/llama/parameters.ts';
import { tinyModel, withSession } from './tiny.ts';

const CONFIG = { layers: 2, heads: 2, width: 32 } as const;

function read(model: ReturnType<typeof tinyModel>, cache: boolean) {
  const file = fromBinary(ModelProtoSchema, onnxModel(model, { cache }));
  if (!file.graph) throw new Error('a model has a graph');
  return { file, graph: file.graph };
}

test('the file says who wrote it, and for which operators', () => {
  const { file } = read(tinyModel(), true);
  expect(file.producerName).toBe('m3lab');
  expect(file.producerVersion).toMatch(/^\d+\.\d+\.\d+/);
  expect(file.irVersion).toBe(8n);
  expect(file.opsetImport.map(({ domain, version }) => [domain, version])).toEqual([['', 17n]]);
  expect(file.docString).toContain('with a cache');
});

test.each([true, false])(
  'the weights stand in it once, under their own names and shapes (tied: %s)',
  (tied) => {
    const model = tinyModel({ ...CONFIG, tied });
    const { graph } = read(model, false);
    const named = namedTensors(model.table, model.parameters);
    for (const { name, shape, values } of named) {
      const found = graph.initializer.filter((tensor) => tensor.name === name);
      expect(found.map(({ dims }) => dims.map(Number))).toEqual([shape]);
      expect(new Float32Array(found[0]!.rawData.slice().buffer)).toEqual(values);
    }
    const weights = named.reduce((sum, { values }) => sum + values.byteLength, 0);
    const tables = 2 * model.config.context * 16 * 4;
    const all = graph.initializer.reduce((sum, { rawData }) => sum + rawData.length, 0);
    // Scalars and shapes are all that is left.
    expect(all - weights - tables).toBeLessThan(200);
    expect(new Set(graph.initializer.map(({ name }) => name)).size).toBe(graph.initializer.length);
  },
);

test('inputs and outputs are named and sized as in the decoder exports of Optimum', async () => {
  const sizes = (values: ReturnType<typeof read>['graph']['input']) =>
    values.map(({ name, type }) => {
      const tensor = type?.value.case === 'tensorType' ? type.value.value : undefined;
      return `${name} ${tensor?.elemType} [${tensor?.shape?.dim.map(({ value }) => value.value).join(', ')}]`;
    });
  const plain = read(tinyModel({ ...CONFIG, layers: 1 }), false).graph;
  expect(sizes(plain.input)).toEqual([
    'input_ids 7 [batch_size, sequence_length]',
    'attention_mask 7 [batch_size, sequence_length]',
    'position_ids 7 [batch_size, sequence_length]',
  ]);
  expect(sizes(plain.output)).toEqual(['logits 1 [batch_size, sequence_length, 257]']);
  const cached = read(tinyModel({ ...CONFIG, layers: 1 }), true).graph;
  expect(sizes(cached.input)).toEqual([
    'input_ids 7 [batch_size, sequence_length]',
    'attention_mask 7 [batch_size, past_sequence_length + sequence_length]',
    'position_ids 7 [batch_size, sequence_length]',
    'past_key_values.0.key 1 [batch_size, 2, past_sequence_length, 16]',
    'past_key_values.0.value 1 [batch_size, 2, past_sequence_length, 16]',
  ]);
  expect(sizes(cached.output)).toEqual([
    'logits 1 [batch_size, sequence_length, 257]',
    'present.0.key 1 [batch_size, 2, past_sequence_length + sequence_length, 16]',
    'present.0.value 1 [batch_size, 2, past_sequence_length + sequence_length, 16]',
  ]);
  await withSession(tinyModel(CONFIG), true, async ({ inputs, outputs }) => {
    expect(inputs.slice(3)).toEqual(
      ['0.key', '0.value', '1.key', '1.value'].map((name) => `past_key_values.${name}`),
    );
    expect(outputs.slice(1)).toEqual(
      ['0.key', '0.value', '1.key', '1.value'].map((name) => `present.${name}`),
    );
  });
});

test('a model beyond what the format can hold is refused before a byte of it is read', () => {
  const table = parameterTable({ ...tinyModel().config, width: 8192, heads: 128, vocabulary: 65_536 });
  const write = () =>
    onnxModel(
      { config: table.config, table, parameters: new Float32Array(0), name: 'large' },
      { cache: false },
    );
  expect(write).toThrow(OnnxTooLargeError);
  expect(write).toThrow(/the weights take 4\.\d GB, and an ONNX file in one piece holds less than 2\.1 GB/);
});
