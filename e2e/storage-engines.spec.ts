import { openBuiltPage } from './built-page.ts';
import { expect, test } from './lab-test.ts';

const choices = [
  { kind: 'indexed-db', durability: 'relaxed' },
  { kind: 'indexed-db', durability: 'strict' },
  { kind: 'opfs', durability: 'relaxed' },
  { kind: 'opfs', durability: 'strict' },
] as const;

test.describe.configure({ timeout: 120_000 });

for (const choice of choices) {
  const name = `${choice.kind}, ${choice.durability},`;

  test(`${name} keeps every promise of a storage`, async ({ page }) => {
    await openBuiltPage(page, 'storage-bench', 'storageBench');
    const outcomes = await page.evaluate((which) => window.storageBench.contract(which), choice);

    expect(outcomes.length).toBeGreaterThan(10);
    expect(outcomes.filter(([, outcome]) => outcome !== 'kept')).toEqual([]);
  });

  test(`${name} has every acknowledged commit after its writer was killed at any instant`, async ({
    page,
  }) => {
    await openBuiltPage(page, 'storage-bench', 'storageBench');
    const kills = await page.evaluate(async (which) => {
      const seen: { acknowledged: number; survivor: number }[] = [];
      for (let kill = 0; kill < 25; kill++) {
        const acknowledged = await window.storageBench.kill(which, Math.random() * 40);
        seen.push({ acknowledged, survivor: await window.storageBench.survivor(which) });
      }
      return seen;
    }, choice);

    const lost = kills.filter(({ acknowledged, survivor }) => survivor < acknowledged);
    expect(lost).toEqual([]);
    expect(kills.at(-1)?.survivor).toBeGreaterThan(100);
  });

  test(`${name} says that there is no room, keeps what it has, and goes on when there is`, async ({
    page,
    baseURL,
  }) => {
    await openBuiltPage(page, 'storage-bench', 'storageBench');
    const browser = await page.context().newCDPSession(page);
    const origin = new URL(baseURL ?? '').origin;
    await browser.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 3_000_000 });
    const { commits, refusal } = await page.evaluate(
      (which) => window.storageBench.fill(which, 'bench:full', 500),
      choice,
    );

    expect(refusal).toMatch(/^A commit could not be written: this browser has no room left/);
    const count = (): Promise<number> =>
      page.evaluate((which) => window.storageBench.count(which, 'bench:full'), choice);
    expect(await count()).toBe(commits);

    await browser.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 30_000_000 });
    const more = await page.evaluate(
      (which) => window.storageBench.fill(which, 'bench:full', 3),
      choice,
    );
    expect(more).toEqual({ commits: 3, refusal: undefined });
    expect(await count()).toBe(commits + 3);
  });
}
