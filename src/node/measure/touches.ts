import type { BrowserContext, Page } from '@playwright/test';

/** From a click or a key to the next picture, as the browser's Event Timing tells it. */
export interface Touches {
  readonly count: number;
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly worstMs: number;
}

/** Shorter ones the browser does not tell. */
const shortestMs = 16;

const observe = `{
  globalThis.touched = new Map();
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries())
      if (interactionId > 0)
        touched.set(interactionId, Math.max(touched.get(interactionId) ?? 0, duration));
  }).observe({ type: 'event', durationThreshold: ${shortestMs}, buffered: true });
}`;

/** Selects replicas, switches views, steps, pauses and plays while a cluster of n plays. */
export async function touchesOf(
  context: BrowserContext,
  address: string,
  n: number,
): Promise<Touches> {
  const page = await context.newPage();
  await page.goto(`${address}?n=${n}&storage=memory&play=0`);
  await page.waitForFunction(() => 'pbftLab' in window);
  await page.evaluate(() => window.pbftLab.ready);
  await page.evaluate(observe);
  await page.evaluate(() => window.pbftLab.play());
  const count = await touch(page, n);
  await page.waitForTimeout(500);
  const told = await page.evaluate<number[]>('[...touched.values()]');
  await page.close();
  const all = [
    ...told,
    ...Array.from({ length: Math.max(0, count - told.length) }, () => shortestMs),
  ];
  all.sort((a, b) => a - b);
  const at = (part: number): number =>
    all[Math.min(all.length - 1, Math.floor(all.length * part))] ?? 0;
  return { count, medianMs: at(0.5), p95Ms: at(0.95), worstMs: at(1) };
}

/** Forty touches, with time to be drawn between them. */
async function touch(page: Page, n: number): Promise<number> {
  const views = ['Phases', 'Slots', 'View change', 'Space-time'];
  const deeds = Array.from({ length: 8 }, (_, i) => [
    () => page.getByTestId(`replica-${(i * 3) % n}`).click(),
    () =>
      page
        .getByRole('button', { name: views[i % 4] ?? '', exact: true })
        .first()
        .click(),
    () => page.keyboard.press('Space'),
    () => page.keyboard.press('ArrowRight'),
    () => page.keyboard.press('Space'),
  ]).flat();
  for (const deed of deeds) {
    await deed();
    await page.waitForTimeout(250);
  }
  return deeds.length;
}
