import { defineConfig } from 'vite';

/**
 * What page and worker may load and reach, as the server says it. The page says nearly the same of itself, for hosts that send
 * no headers, but its words do not bind the worker, and it is the worker that reads foreign files and asks foreign servers.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  // Parquet's snappy is a small WebAssembly module, which the worker compiles.
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  // Any server of texts; one without a certificate only on this machine.
  "connect-src 'self' https: http://localhost:* http://127.0.0.1:*",
  "base-uri 'none'",
  "form-action 'none'",
  // Cannot be said in the page.
  "frame-ancestors 'none'",
].join('; ');

/** Builds the page into dist/page, with relative addresses so that any folder of any host can serve it. */
export default defineConfig({
  base: './',
  build: {
    outDir: 'dist/page',
    emptyOutDir: true,
    target: 'es2023',
    // A preload helper would be an extra script for a page that has a single entry.
    modulePreload: { polyfill: false },
    sourcemap: true,
    // Assets as files: the page's content security policy admits no data: scripts, and inlining saves nothing here.
    assetsInlineLimit: 0,
  },
  worker: { format: 'es' },
  preview: { headers: { 'Content-Security-Policy': CONTENT_SECURITY_POLICY } },
});
