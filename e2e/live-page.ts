import { expect, type Locator, type Page } from '@playwright/test';

import { LabPage } from './lab-page.ts';

/** The dashboard of live mode, by what a person sees. */
export class LivePage {
  readonly page: Page;
  readonly root: Locator;
  readonly result: Locator;
  readonly happenings: Locator;
  /** One sentence for who does not see the charts. */
  readonly said: Locator;
  readonly problems: Locator;

  constructor(page: Page) {
    this.page = page;
    this.root = page.getByTestId('live-page');
    this.result = page.getByTestId('live-result');
    this.happenings = page.getByTestId('live-happenings');
    this.said = page.getByTestId('live-said');
    this.problems = page.getByTestId('problem');
  }

  /** Opens the page as an address says it, and waits until the dashboard is there. */
  async open(query: string): Promise<void> {
    await new LabPage(this.page).open(query);
    await expect(this.root).toBeVisible();
  }

  /** A field of the form, by its name: `n`, `batch`, `rate`. */
  field(name: string): Locator {
    return this.page.getByTestId(`live-${name}`);
  }

  async start(): Promise<void> {
    await this.page.getByTestId('live-start').click();
  }

  async stop(): Promise<void> {
    await this.page.getByTestId('live-stop').click();
    await expect(this.result).toBeVisible({ timeout: 30_000 });
  }

  /** What the page says is served a second. */
  async rate(): Promise<number> {
    const text = (await this.page.getByTestId('live-rate-now').textContent()) ?? '';
    return text === '–' ? 0 : Number(text.replaceAll(' ', ''));
  }

  async acknowledged(): Promise<number> {
    return this.page.evaluate(async () => (await window.pbftLab.live.sample())?.acknowledged ?? 0);
  }

  /** Waits until so many operations more are acknowledged. */
  async serves(more: number): Promise<void> {
    const before = await this.acknowledged();
    await expect
      .poll(() => this.acknowledged(), { timeout: 30_000 })
      .toBeGreaterThanOrEqual(before + more);
  }

  replica(id: number): Locator {
    return this.page.getByTestId(`live-replica-${id}`);
  }
}
