// `npm start`: builds the page, serves it on this machine and prints the address.
import process from 'node:process';

import { build, preview } from 'vite';

await build({ logLevel: 'warn' });
const server = await preview({
  preview: { host: 'localhost', port: Number(process.env['PORT'] ?? 4173), strictPort: false },
});
console.log(
  `\nPBFT Lab is served at ${server.resolvedUrls?.local[0] ?? 'an unknown address'}\nStop it with Ctrl+C.`,
);
