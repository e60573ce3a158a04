/** The worker of play: runs models that left the engine, by ONNX Runtime, away from the page's thread and from the engine's. */

import webgpuUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { ortRuntime } from '../export/ort/load.ts';
import { playSession } from './play/session.ts';
import { serve } from './serve.ts';

/** From where the lab itself came: nothing is asked of any other server. */
const ADDRESSES = { wasm: wasmUrl, webgpu: webgpuUrl };

serve(playSession((provider) => ortRuntime({ provider, wasm: ADDRESSES[provider] })));
