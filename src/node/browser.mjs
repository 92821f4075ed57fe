// Finds a Chromium for the e2e tests: named by PLAYWRIGHT_CHROMIUM, installed, or Playwright's own; and
// installs one where there is none. Plain JavaScript on Node's own modules: it runs before `npm ci` has.
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** The path of a Chromium that can be run, or undefined. */
export async function findBrowser() {
  const named = process.env['PLAYWRIGHT_CHROMIUM'];
  if (named !== undefined && named !== '') return named;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const installed = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return installed.find(isExecutable) ?? (await playwrightsOwn());
}

/** Installs a Chromium: Playwright's own, else Debian's package. The path, or undefined when neither could be had. */
export async function installBrowser() {
  run('npx', ['playwright', 'install', 'chromium'], 300_000);
  const own = await findBrowser();
  if (own !== undefined) {
    if (process.getuid?.() === 0) run('npx', ['playwright', 'install-deps', 'chromium'], 300_000);
    return own;
  }
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  for (const command of [
    ['apt-get', 'update', '-q'],
    ['apt-get', 'install', '-q', '-y', 'chromium'],
  ]) {
    const [program, ...rest] = [...sudo, ...command];
    run(program, rest, 900_000);
  }
  return findBrowser();
}

async function playwrightsOwn() {
  try {
    const { chromium } = await import('@playwright/test');
    const path = chromium.executablePath();
    return isExecutable(path) ? path : undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')
      return undefined;
    throw error;
  }
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function run(program, parameters, timeout) {
  spawnSync(program, parameters, {
    stdio: 'inherit',
    timeout,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}
