// `npm test`: checks, unit and simulation tests, the build, the tests in a browser; then one line that adds
// up what the runners reported. A step that fails without a report counts as one failure.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

import { findBrowser } from './browser.mjs';

const reports = mkdtempSync(join(tmpdir(), 'pbft-lab-test-'));
const total = { passed: 0, failed: 0 };

try {
  for (const script of ['format:check', 'lint', 'typecheck', 'deadcode']) check(script);
  unit();
  if (check('build')) e2e(await findBrowser());
  else total.failed += 1;
} finally {
  rmSync(reports, { recursive: true, force: true });
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
}
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;

/** Runs a script that has no tests to count: it adds a failure, or nothing. */
function check(script) {
  const ok = run('npm', ['run', '--silent', script]);
  if (!ok) total.failed += 1;
  console.log(`${ok ? 'ok' : 'FAILED'}  npm run ${script}`);
  return ok;
}

function unit() {
  const file = join(reports, 'unit.json');
  const ok = run('npx', [
    'vitest',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  const report = read(file);
  add(ok, report?.numPassedTests ?? 0, report?.numFailedTests ?? 0);
}

function e2e(browser) {
  const file = join(reports, 'e2e.json');
  const ok = run('npx', ['playwright', 'test', '--config', 'e2e', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
    ...(browser !== undefined && { PLAYWRIGHT_CHROMIUM: browser }),
  });
  const stats = read(file)?.stats;
  add(ok, stats?.expected ?? 0, (stats?.unexpected ?? 0) + (stats?.flaky ?? 0));
}

function add(ok, passed, failed) {
  total.passed += passed;
  total.failed += ok ? failed : Math.max(1, failed);
}

function run(program, parameters, environment = {}) {
  console.log(`\n> ${program} ${parameters.join(' ')}`);
  const { status } = spawnSync(program, parameters, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...environment },
  });
  return status === 0;
}

function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
