/** A server of corpora on another port than the page: another site, which lets pages read it. */

import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type CorpusServer = {
  /** `http://127.0.0.1:PORT` */
  readonly address: string;
  /** Paths that were asked for, oldest first. */
  readonly asked: readonly string[];
  close(): void;
};

/** Serves files by path, with parts of them; a number stands for that status instead. */
export async function serveCorpora(
  files: Readonly<Record<string, Uint8Array | string | number>>,
): Promise<CorpusServer> {
  const asked: string[] = [];
  const server = createServer(({ url = '/', headers }, response) => {
    asked.push(url);
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-expose-headers', 'content-range, content-length, etag');
    const file = files[url] ?? 404;
    if (typeof file === 'number') response.writeHead(file).end();
    else send(response, Buffer.from(file as string), headers.range);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    asked,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function send(response: ServerResponse, bytes: Buffer, range: string | undefined): void {
  response.setHeader('etag', '"1"');
  const part = /^bytes=(\d+)-(\d*)$/.exec(range ?? '');
  if (!part) {
    response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
    return;
  }
  const start = Number(part[1]);
  const end = part[2] ? Math.min(Number(part[2]) + 1, bytes.length) : bytes.length;
  response
    .writeHead(206, {
      'content-range': `bytes ${start}-${end - 1}/${bytes.length}`,
      'content-length': end - start,
    })
    .end(bytes.subarray(start, end));
}
