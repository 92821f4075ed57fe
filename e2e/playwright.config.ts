import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { env, getuid } from 'node:process';
import { fileURLToPath } from 'node:url';

import { defineConfig } from '@playwright/test';

// Another port lets two checkouts be tested side by side.
const port = Number(env['PBFT_LAB_PORT'] ?? 4517);
const debian = '/usr/bin/chromium';
const executablePath = env['PLAYWRIGHT_CHROMIUM'] ?? (existsSync(debian) ? debian : undefined);

/** The tests in a browser run against what `npm run build` has made, one at a time: two cores are few for a cluster. */
export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  workers: 1,
  fullyParallel: false,
  forbidOnly: env['CI'] !== undefined,
  timeout: 60_000,
  reporter: 'list',
  use: {
    baseURL: `http://localhost:${port}/`,
    browserName: 'chromium',
    viewport: { width: 1280, height: 800 },
    launchOptions: {
      ...(executablePath !== undefined && { executablePath }),
      args: [
        '--disable-background-networking',
        '--disable-component-update',
        // Chromium's sandbox does not start for root, as in a container.
        ...(getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
    },
  },
  webServer: {
    command: `npx vite preview --port ${port} --strictPort`,
    cwd: dirname(dirname(fileURLToPath(import.meta.url))),
    url: `http://localhost:${port}/`,
    reuseExistingServer: false,
  },
});
