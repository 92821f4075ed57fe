import { fileURLToPath } from 'node:url';

import { createServer, isRunnableDevEnvironment, type ViteDevServer } from 'vite';

import type { Verdict } from '#core/simulation/scenario.ts';
import type { main } from '#node/simulate.ts';

/** `npm run simulate` without a process for each run: the same command, loaded once. */
export class Simulator {
  private readonly server: ViteDevServer;
  private readonly main: typeof main;

  private constructor(server: ViteDevServer, command: typeof main) {
    this.server = server;
    this.main = command;
  }

  static async start(): Promise<Simulator> {
    const server = await createServer({
      root: fileURLToPath(new URL('..', import.meta.url)),
      logLevel: 'error',
      appType: 'custom',
      server: { middlewareMode: true, hmr: false, ws: false, watch: null },
      optimizeDeps: { noDiscovery: true },
    });
    const { ssr } = server.environments;
    if (!isRunnableDevEnvironment(ssr)) throw new TypeError('Vite runs modules in this process');
    const command = await ssr.runner.import<{ main: typeof main }>('/src/node/simulate.ts');
    return new Simulator(server, command.main);
  }

  /** The verdict on what the arguments name; a scenario that shows what goes wrong has one, too. */
  verdict(...args: readonly string[]): Verdict {
    return JSON.parse(this.said(args));
  }

  /** The names of all built-in scenarios. */
  names(): readonly string[] {
    return this.said(['--list']).trimEnd().split('\n');
  }

  async close(): Promise<void> {
    await this.server.close();
  }

  private said(args: readonly string[]): string {
    let said = '';
    const out = (text: string): void => {
      said += text;
    };
    this.main(args, { out, err: refuse, folder: process.cwd() });
    return said;
  }
}

function refuse(text: string): never {
  throw new Error(text);
}
