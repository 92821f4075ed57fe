import { readFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { extname, join } from 'node:path';

import { assert } from '#core/base/assert.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** What `npm run build` has made, below a path of a web server that can do no more than hand out files. */
export class StaticSite {
  readonly address: string;
  /** In the place of a file: how the next version comes to a site. */
  readonly replaced = new Map<string, string>();
  private readonly server: Server;

  private constructor(server: Server, path: string) {
    this.server = server;
    const listens = server.address();
    assert(listens !== null && typeof listens === 'object', 'the server listens at a port');
    this.address = `http://localhost:${listens.port}${path}`;
  }

  static async serve(path: string): Promise<StaticSite> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    const site = new StaticSite(server, path);
    server.on('request', (request, response) => {
      const { pathname } = new URL(request.url ?? '', site.address);
      void site.answer(
        pathname.startsWith(path) ? pathname.slice(path.length) : undefined,
        response,
      );
    });
    return site;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async answer(name: string | undefined, response: ServerResponse): Promise<void> {
    const file = name === '' ? 'index.html' : name;
    const content = await this.read(file);
    const type = types[extname(file ?? '')] ?? 'text/plain';
    response.writeHead(content === undefined ? 404 : 200, { 'content-type': type });
    response.end(content);
  }

  private async read(file: string | undefined): Promise<string | Buffer | undefined> {
    if (file === undefined) return undefined;
    try {
      return this.replaced.get(file) ?? (await readFile(join('dist', file)));
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    }
  }
}
