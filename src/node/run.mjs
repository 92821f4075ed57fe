// Runs a command of the lab: `node src/node/run.mjs NAME …` loads NAME.ts through Vite, whose plugin compiles the
// persistent modules, and calls its exported `main`. Node 20 runs no TypeScript by itself.
import process from 'node:process';
import { fileURLToPath } from 'node:url';

import { createServer } from 'vite';

const [name, ...args] = process.argv.slice(2);
const server = await createServer({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  logLevel: 'error',
  appType: 'custom',
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
});
try {
  const { main } = await server.environments.ssr.runner.import(`/src/node/${name}.ts`);
  process.exitCode = await main(args);
} finally {
  await server.close();
}
