import type { Worker } from '@playwright/test';

import type { LabPage } from './lab-page.ts';
import { expect, test } from './lab-test.ts';

const work = {
  seed: 4,
  steps: Array.from({ length: 40 }, (_, i) => ({
    do: 'submit',
    operation: { put: [`k${i}`, String(i)] },
  })),
};

/** A page of the same origin that opens no database: storage is prepared there. */
const elsewhere = 'elsewhere';
const blank = '<!doctype html><link rel="icon" href="data:,"><title>Elsewhere</title>';

interface Prepared {
  readonly name: string;
  readonly version: number;
  readonly store: string;
  readonly record?: object;
}

/** A database as another version of the lab has left it. */
async function leave(lab: LabPage, prepared: Prepared): Promise<void> {
  await lab.page.route(`**/${elsewhere}`, (route) =>
    route.fulfill({ contentType: 'text/html', body: blank }),
  );
  await lab.page.goto(elsewhere);
  await lab.page.evaluate(
    ({ name, version, store, record }) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open(name, version);
        opening.addEventListener('upgradeneeded', () => {
          opening.result.createObjectStore(store, { autoIncrement: true });
        });
        opening.addEventListener('error', () => {
          reject(new Error(`${name} is not prepared`));
        });
        opening.addEventListener('success', () => {
          const writing = opening.result.transaction(store, 'readwrite');
          if (record !== undefined) writing.objectStore(store).add(record);
          writing.addEventListener('complete', () => {
            opening.result.close();
            resolve();
          });
        });
      }),
    prepared,
  );
}

/** The first worker whose name, as developer tools show it, fits. */
async function workerOf(lab: LabPage, name: RegExp): Promise<Worker> {
  const names = await lab.workers();
  const worker = lab.page.workers()[names.findIndex((candidate) => name.test(candidate))];
  if (worker === undefined)
    throw new Error(`no worker is called ${String(name)}: ${names.join(', ')}`);
  return worker;
}

test('when the room is used up while it runs, processes stop and say so; when there is room again they go on, and nothing is lost', async ({
  lab,
  baseURL,
}) => {
  const browser = await lab.page.context().newCDPSession(lab.page);
  const room = (quotaSize: number): Promise<unknown> =>
    browser.send('Storage.overrideQuotaForOrigin', {
      origin: new URL(baseURL ?? '').origin,
      quotaSize,
    });
  await room(250_000);
  await lab.open('?play=0');
  await lab.load(work);
  await lab.runUntil({ atMs: 4000 });
  const banner = lab.problems.filter({ hasText: 'A process has stopped' });
  await expect(banner).toContainText('no room left for the page. Free some space');
  await expect(banner).toHaveCount(1);
  await expect(lab.replica(1)).toHaveAttribute('data-life', 'failed');
  await lab.page.keyboard.press('2');
  await expect(lab.page.getByTestId('inspector')).toContainText('It has stopped. A commit could');
  const answered = (await lab.verdict()).clients[0]?.answered ?? 0;
  expect(answered).toBeLessThan(40);

  await room(300_000_000);
  const failed = (await lab.trace()).filter(({ type }) => type === 'failed');
  for (const { process = 0 } of failed) await lab.restart(process);
  const verdict = await lab.finish();
  expect(verdict).toMatchObject({ safe: true, live: true });
  expect(verdict.clients[0]).toMatchObject({ answered: 40 });
});

test('a worker that ends without a word is a recorded crash, and goes on from its disk', async ({
  lab,
}) => {
  await lab.open('?scenario=normal-case&play=0');
  await lab.runUntil({ replica: 1, reaches: 'prepared' });
  const one = await workerOf(lab, /^process 0$/);
  await one.evaluate(() => {
    self.close();
  });
  await lab.finish();
  await expect(lab.problems.filter({ hasText: 'is lost' })).toContainText('Restart it');
  const crashes = (await lab.scenario()).steps.filter((step) => step.do === 'crash');
  expect(crashes).toHaveLength(1);
  const [crash] = (await lab.trace()).filter(({ type }) => type === 'crashed');

  await lab.restart(crash?.process ?? 0);
  expect(await lab.finish()).toMatchObject({ safe: true, live: true });
});

test('a bus that ends stops the lab, and the page that is loaded again goes on from the disks', async ({
  lab,
}) => {
  await lab.open('?scenario=normal-case&play=0');
  await lab.runUntil({ replica: 1, reaches: 'prepared' });
  const bus = await workerOf(lab, /^bus$/);
  await bus.evaluate(() => {
    setTimeout(() => {
      throw new Error('struck by lightning');
    });
  });
  await expect(lab.problems.filter({ hasText: 'The lab has stopped' })).toContainText(
    'struck by lightning. Load the page again',
  );

  await lab.reload();
  await expect(lab.problems).toContainText('Goes on where it was');
  expect(await lab.finish()).toMatchObject({ safe: true, live: true });
});

test('a browser that lacks something is told what, and what to do', async ({ lab }) => {
  const { page } = lab;
  await page.addInitScript(() => {
    const lack = new URLSearchParams(location.search).get('lack');
    if (lack === 'worker') Object.defineProperty(window, 'Worker', { value: undefined });
    if (lack === 'secure') Object.defineProperty(window, 'isSecureContext', { value: false });
    if (lack === 'ed25519') {
      Object.defineProperty(SubtleCrypto.prototype, 'generateKey', {
        value: () => Promise.reject(new DOMException('no such curve', 'NotSupportedError')),
      });
    }
  });
  for (const [lack, says] of [
    ['worker', 'It lacks Web Workers. Use a browser that has module workers.'],
    ['secure', 'It lacks a secure context. Open the page by https://'],
    ['ed25519', 'It lacks Ed25519 signatures in WebCrypto. Use Chrome or Edge 137'],
  ] as const) {
    await page.goto(`?lack=${lack}`);
    await expect(page.getByRole('heading')).toHaveText('PBFT Lab cannot run in this browser');
    await expect(page.getByText(says)).toBeVisible();
  }
});

test('a private window that keeps nothing has its disks in memory, and says so', async ({
  lab,
}) => {
  await lab.page.addInitScript(() => {
    const refused = new DOMException('not in private', 'SecurityError');
    const refuse = (): never => {
      throw refused;
    };
    Object.defineProperty(IDBFactory.prototype, 'open', { value: refuse });
    Object.defineProperty(window, 'localStorage', { get: refuse });
    Object.defineProperty(window, 'sessionStorage', { get: refuse });
  });
  await lab.open('?scenario=crashed-backup-recovers&play=0');
  await expect(lab.problems).toContainText('A private window may be the reason');

  expect(await lab.finish()).toMatchObject({ safe: true, live: true });
});

test('a session of a newer version is left as it is, and another cluster is opened', async ({
  lab,
}) => {
  const { page } = lab;
  const sessions = [
    { name: 'pbft-lab:main:session', version: 99, store: 'entries' },
    {
      name: 'pbft-lab:cluster-2:session',
      version: 2,
      store: 'entries',
      record: {
        kind: 'opened',
        planned: 0,
        opening: { name: 'normal-case', replicas: 4, seed: 7 },
        scenario: { format: 'pbft-lab/scenario@2' },
      },
    },
  ];
  for (const session of sessions) await leave(lab, session);
  const heading = page.getByRole('heading');
  const another = page.getByRole('button', { name: 'Open a new cluster' });

  await page.goto('?play=0');
  await expect(heading).toHaveText('The disks of this cluster cannot be opened');
  await expect(page.getByText('a newer version of the lab has written it')).toBeVisible();
  await another.click();
  await expect(page.getByText('was recorded by another version of the lab')).toBeVisible();
  await expect(heading).toHaveText('The disks of this cluster cannot be opened');
  // The page that refuses says so of the lab in it, too: only the next one can be asked.
  const opened = page.waitForEvent('load');
  await another.click();
  await opened;
  await lab.ready();
  expect(await lab.run('normal-case')).toMatchObject({ safe: true, live: true });

  const versions = await page.evaluate(async () =>
    (await indexedDB.databases()).map(({ name, version }) => `${name} ${version}`),
  );
  expect(versions).toContain('pbft-lab:main:session 99');
});

test('a disk of a newer version stops its replica, and the others go on; older ones are taken over', async ({
  lab,
}) => {
  await leave(lab, { name: 'pbft-lab:main:1', version: 99, store: 'log' });
  await leave(lab, { name: 'pbft-lab:main:2', version: 1, store: 'log' });
  await leave(lab, { name: 'pbft-lab:main:session', version: 1, store: 'entries' });
  await lab.open('?scenario=normal-case&play=0');
  await lab.runUntil({ atMs: 1000 });

  await expect(lab.problems).toContainText('a newer version of the lab has written it');
  await expect(lab.replica(1)).toHaveAttribute('data-life', 'failed');
  await expect(lab.replica(2)).toHaveAttribute('data-life', 'up');
  expect((await lab.verdict()).clients[0]).toMatchObject({ answered: 2 });
});
