/** The formats of export by name, and what their files are called. */

export const EXPORT_FORMATS = ['hf', 'onnx'] as const;
/** `hf`: a folder for transformers; `onnx`: one for ONNX Runtime and transformers.js. */
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What transformers.js loads where nothing is said: the model with a KV cache. */
export const CACHED_ONNX_FILE = 'onnx/model.onnx';
/** The model without a cache, by the name that Optimum gives it. */
export const PLAIN_ONNX_FILE = 'onnx/decoder_model.onnx';

/** What a folder is called where nobody says: letters, digits, `.`, `_` and `-`, so that it can be the name of a repository too. */
export function folderNameOf(name: string, format: ExportFormat): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/-{2,}/g, '-')
    .replace(/\.{2,}/g, '.')
    .slice(0, MOST_NAME_UNITS)
    .replace(/^[-.]+|[-.]+$/g, '');
  return `${plain === '' ? 'model' : plain}-${format}`;
}

// A repository of the hub has 96 at most.
const MOST_NAME_UNITS = 80;
