/** How an exported model is used elsewhere, and what to look out for. */

import type { Tokenizer } from '../../text/tokenizer/tokenizer.ts';
import { CACHED_ONNX_FILE, type ExportFormat, PLAIN_ONNX_FILE } from '../formats.ts';
import type { ExportedModel } from '../model.ts';
import { beginsWithEndOfDocument, textOfToken } from '../tokenizerConfig.ts';
import { code, integer } from './markdown.ts';

/** Sections of the card, in order. */
export function usageWords(model: ExportedModel, format: ExportFormat): string[] {
  return [
    '## How to use it',
    ...(format === 'hf'
      ? [pythonWords(model.tokenizer), HF_NOTE]
      : [javaScriptWords(model.tokenizer), onnxNote(model)]),
    '## Limits',
    limits(model),
  ];
}

function pythonWords(tokenizer: Tokenizer): string {
  const { endOfDocument } = tokenizer;
  return [
    'With transformers, `FOLDER` being this folder:',
    '',
    '```python',
    ...(beginsWithEndOfDocument(tokenizer) ? [] : ['import torch']),
    'from transformers import AutoModelForCausalLM, AutoTokenizer',
    '',
    'tokenizer = AutoTokenizer.from_pretrained("FOLDER")',
    'model = AutoModelForCausalLM.from_pretrained("FOLDER")',
    ...(beginsWithEndOfDocument(tokenizer)
      ? [
          'inputs = tokenizer("A text to go on from", return_tensors="pt")',
          'written = model.generate(**inputs, do_sample=True, temperature=0.8)',
        ]
      : [
          'ids = tokenizer("A text to go on from", add_special_tokens=False).input_ids',
          '# The token that every document began with in training.',
          `inputs = torch.tensor([[${endOfDocument}, *ids]])`,
          'written = model.generate(inputs, attention_mask=torch.ones_like(inputs), do_sample=True, temperature=0.8)',
        ]),
    'print(tokenizer.decode(written[0], skip_special_tokens=True))',
    '```',
  ].join('\n');
}

const HF_NOTE =
  'For transformers.js and ONNX Runtime there is another export: `m3lab export CHECKPOINT --format onnx`.';

function javaScriptWords(tokenizer: Tokenizer): string {
  const begins = beginsWithEndOfDocument(tokenizer);
  return [
    'With transformers.js, `FOLDER` lying in `models/` beside the script, or on the server of the page:',
    '',
    '```js',
    `import { AutoModelForCausalLM, AutoTokenizer, env${begins ? '' : ', Tensor'} } from '@huggingface/transformers';`,
    '',
    'env.allowLocalModels = true;',
    'env.allowRemoteModels = false;',
    "env.localModelPath = './models/';",
    "const tokenizer = await AutoTokenizer.from_pretrained('FOLDER');",
    "const model = await AutoModelForCausalLM.from_pretrained('FOLDER');",
    ...(begins
      ? ["const inputs = tokenizer('A text to go on from');"]
      : [
          "const ids = tokenizer.encode('A text to go on from', { add_special_tokens: false });",
          '// The first is the token that every document began with in training.',
          `const values = BigInt64Array.from([${tokenizer.endOfDocument}, ...ids], BigInt);`,
          "const whole = (data) => new Tensor('int64', data, [1, data.length]);",
          'const inputs = { input_ids: whole(values), attention_mask: whole(values.map(() => 1n)) };',
        ]),
    'const written = await model.generate({ ...inputs, do_sample: true, temperature: 0.8 });',
    'console.log(tokenizer.decode(written.tolist()[0], { skip_special_tokens: true }));',
    '```',
  ].join('\n');
}

function onnxNote({ config }: ExportedModel): string {
  const { layers, heads, width } = config;
  return [
    'Without it, with ONNX Runtime alone:',
    '',
    `- \`${PLAIN_ONNX_FILE}\` takes whole texts: \`input_ids\`, \`attention_mask\` and \`position_ids\` (0, 1, 2 …) to \`logits\` [batch, sequence, vocabulary].`,
    `- \`${CACHED_ONNX_FILE}\` also takes \`past_key_values.0.key\` … \`past_key_values.${layers - 1}.value\`, [batch, ${heads}, past, ${width / heads}], ` +
      'and gives `present.…` by the same names for the next call; the mask is of past and present tokens, the positions of the present ones. The first past has 0 tokens.',
  ].join('\n');
}

function limits({ config, tokenizer }: ExportedModel): string {
  const end = code(textOfToken(tokenizer.file(), tokenizer.endOfDocument));
  const begin = beginsWithEndOfDocument(tokenizer)
    ? `Every text begins with ${end}, as every document did in training; the tokenizer puts it there.`
    : `Every document began with ${end} (token ${tokenizer.endOfDocument}) in training. The tokenizer does not put it there: begin the ids with it, and add no other special tokens.`;
  return [
    `- ${begin} The same token ends a document.`,
    `- Prompt and continuation together have room in ${integer(config.context)} tokens: positions beyond were never trained.`,
    '- Text is in Unicode normal form C; where a text spells a special token, tokenizers elsewhere take it for that token, and the lab takes it for text.',
    '- The weights are float32. Nothing is quantised.',
  ].join('\n');
}
