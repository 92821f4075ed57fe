// What `npm start` and `npm test` need on a clean clone: the npm packages, and with --browser a Chromium.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import process from 'node:process';

import { findBrowser, installBrowser } from './browser.mjs';

const marker = 'node_modules/.package-lock.json';

if (!packagesAreCurrent()) {
  console.log('Installing the npm packages …');
  const { status } = spawnSync('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], {
    stdio: 'inherit',
  });
  if (status !== 0)
    stop('The npm packages could not be installed. Is a package registry within reach?');
}

if (process.argv.includes('--browser') && (await findBrowser()) === undefined) {
  console.log('Looking for a browser to test in …');
  if ((await installBrowser()) === undefined) {
    stop(
      'No Chromium is installed and none could be. Install one and name it in PLAYWRIGHT_CHROMIUM.',
    );
  }
}

/** Whether every package of the lock file is installed in its version. */
function packagesAreCurrent() {
  if (!existsSync(marker)) return false;
  const wanted = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages;
  const installed = JSON.parse(readFileSync(marker, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || optional === true || installed[path]?.version === version,
  );
}

function stop(problem) {
  console.error(problem);
  process.exit(1);
}
