import { readFileSync } from 'node:fs';

import type { Page } from '@playwright/test';

import { expect, test } from './lab-test.ts';
import { StaticSite } from './static-site.ts';

let site: StaticSite;

test.beforeEach(async () => {
  site = await StaticSite.serve('/lectures/pbft/');
});

test.afterEach(() => site.close());

test('under a path of its own the built page runs a request, and asks no other origin for anything', async ({
  lab,
}) => {
  const origins = new Set<string>();
  lab.page.context().on('request', (request) => origins.add(new URL(request.url()).origin));
  await lab.open(`${site.address}?play=0`);

  expect(await lab.run('normal-case')).toMatchObject({ safe: true, live: true });
  await lab.page.goto(`${site.address}?corner=ping-pong`);
  await expect(lab.page.getByRole('heading', { level: 1 })).toBeVisible();
  expect([...origins]).toEqual([new URL(site.address).origin]);
});

test('after the first visit the lab is loaded and runs without a network', async ({
  lab,
  context,
}) => {
  await lab.open(`${site.address}?play=0`);
  await isKept(lab.page);
  site.close();
  await context.setOffline(true);

  await lab.page.goto(`${site.address}?play=0&scenario=normal-case&seed=3`);
  await lab.ready();
  expect(await lab.run('normal-case')).toMatchObject({ safe: true, live: true });
  await lab.replica(1).click();
  await lab.page.getByTestId('tab-code').click();
  await expect(lab.page.getByTestId('inspector').locator('figure').first()).toBeVisible();
});

test('another version waits until it is asked for, and then runs from the disks', async ({
  lab,
}) => {
  await lab.open(`${site.address}?play=0&scenario=normal-case`);
  await isKept(lab.page);
  await lab.runUntil({ replica: 2, reaches: 'prepared', sequence: 1 });

  const page = readFileSync('dist/index.html', 'utf8');
  site.replaced.set('index.html', page.replace('A real PBFT cluster', 'The next version'));
  const program = readFileSync('dist/service-worker.js', 'utf8');
  site.replaced.set(
    'service-worker.js',
    program.replace(/"index\.html":"[0-9a-f]+"/, '"index.html":"next"'),
  );
  await lab.page.evaluate(async () => {
    await (await navigator.serviceWorker.ready).update();
  });
  const notice = lab.problems.filter({ hasText: 'new version' });
  await expect(notice).toBeVisible();

  await lab.reload();
  expect(await description(lab.page), 'a reload alone changes no code').toContain('A real PBFT');

  await lab.problems.getByRole('button', { name: 'Load the new version' }).click();
  await expect.poll(() => description(lab.page)).toContain('The next version');
  await lab.ready();
  expect(await lab.finish()).toMatchObject({ safe: true, live: true });
});

/** Waits until a service worker has everything and serves this page. */
async function isKept(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await expect
    .poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state))
    .toBe('activated');
}

/** What the page that was loaded says of itself: two builds differ in it here. */
async function description(page: Page): Promise<string | null> {
  return page.locator('meta[name="description"]').getAttribute('content');
}
