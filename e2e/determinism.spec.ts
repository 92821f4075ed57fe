import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { expect, test } from './lab-test.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const run = promisify(execFile);

const scenarios = [
  'normal-case',
  'seven-replicas',
  'slow-backup',
  'crashed-backup-recovers',
  'crash-before-commit',
  'crash-after-commit',
  'all-crash-and-resume',
  'silent-backup',
  'equivocating-primary',
  'forged-signature',
  'partition-and-heal',
  'message-loss',
  'checkpoints',
  'no-commit-phase',
  'ablation-weak-quorum',
  'ablation-accept-second-pre-prepare',
  'ablation-forget-votes',
  'ablation-forget-view',
  'ablation-no-checkpoint-table',
  'crashed-primary',
  'two-view-changes',
  'prepared-across-views',
  'wiped-disk',
  'older-disk',
  'forgetful-primary',
  'state-transfer',
  'rotten-state',
  'more-than-f',
  'colluding-pair',
  'lying-state',
  'slow-primary',
  'client-equivocates',
  'flooding-backup',
  'lying-backup',
  'replay',
  'amnesia',
  'twin-primary',
];

test.describe.configure({ timeout: 120_000 });

for (const name of scenarios) {
  test(`${name} has the same verdict and trace digest in the page and in the simulation`, async ({
    lab,
  }) => {
    const simulation = run('npm', ['run', '-s', 'simulate', '--', name], { cwd: root }).catch(
      // A scenario that shows what goes wrong is not met: its verdict is there all the same.
      (error: { stdout: string }) => error,
    );
    await lab.open(`?play=0&scenario=${name}`);
    const verdict = await lab.finish();

    const { stdout } = await simulation;
    expect(verdict).toEqual(JSON.parse(stdout));
  });
}
