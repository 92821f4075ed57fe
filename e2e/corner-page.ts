import { expect, type Locator, type Page } from '@playwright/test';

/** A suspended function as the page shows it. */
interface ShownWorkflow {
  readonly line: string | null;
  readonly text: string;
}

/** The persistent-programming corner, by what a person sees. */
export class CornerOfPage {
  readonly page: Page;
  readonly memory: Locator;
  readonly disk: Locator;
  readonly outside: Locator;
  readonly trial: Locator;
  readonly clock: Locator;
  /** What happens next. */
  readonly next: Locator;
  /** What happened last. */
  readonly last: Locator;

  constructor(page: Page) {
    this.page = page;
    this.memory = page.getByTestId('corner-memory');
    this.disk = page.getByTestId('corner-disk');
    this.outside = page.getByTestId('corner-outside');
    this.trial = page.getByTestId('corner-trial');
    this.clock = page.getByTestId('corner-clock');
    this.next = page.getByTestId('corner-next');
    this.last = page.getByTestId('corner-last');
  }

  /** Opens a sample; its first turn runs by itself. */
  async open(sample: string): Promise<void> {
    await this.page.goto(`?corner=${sample}`);
    await expect(this.memory).toContainText('worker alive');
    await expect(this.disk).toContainText('1 record');
  }

  async press(name: string): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).click();
  }

  /** One turn, and its record. */
  async step(): Promise<void> {
    const before = await this.records();
    await this.press('Step');
    await expect
      .poll(async () => (await this.records()) > before || (await this.isLost()))
      .toBe(true);
  }

  async stepToTheEnd(): Promise<void> {
    await expect(this.memory).toContainText('worker alive');
    while ((await this.next.textContent()) !== 'nothing left to happen') await this.step();
  }

  /** The sample begins anew in this world. */
  async chooseWorld(name: string): Promise<void> {
    await this.page.getByRole('combobox', { name: /^the world/ }).selectOption(name);
    await expect(this.last).toContainText('The program began');
  }

  async workflows(): Promise<readonly ShownWorkflow[]> {
    const shown: ShownWorkflow[] = [];
    for (const one of await this.memory.getByTestId('corner-workflow').all()) {
      shown.push({ line: await one.getAttribute('data-line'), text: await one.innerText() });
    }
    return shown;
  }

  /** What companies were asked to do, in order. */
  async deeds(): Promise<readonly string[]> {
    const texts = await this.outside.getByTestId('corner-entry').allTextContents();
    return texts.flatMap(
      (text) => /^effect-\d+(?<deed>[a-z ]+) \(/.exec(text)?.groups?.['deed'] ?? [],
    );
  }

  /** The text of a listing, without its numbers and marks. */
  async lines(pane: string): Promise<readonly string[]> {
    const texts = await this.page.getByTestId(pane).locator('[data-line]').allTextContents();
    return texts.map((text) => text.replace(/^(?:\d+|●)/, '').replace(/\n$/, ''));
  }

  /** The line that is looked at; it can be seen. */
  async lineHere(pane: string): Promise<string> {
    const line = this.page.getByTestId(pane).locator('[data-here]');
    await expect(line).toBeInViewport();
    return (await line.textContent()) ?? '';
  }

  async recordsOnDisk(sample: string): Promise<number> {
    return (await this.recordSizes(sample)).length;
  }

  /** What IndexedDB holds, past everything that the corner says. */
  recordSizes(sample: string): Promise<readonly number[]> {
    return this.page.evaluate(
      (name) =>
        new Promise<readonly number[]>((resolve, reject) => {
          const opening = indexedDB.open(name);
          opening.addEventListener('error', () => reject(opening.error ?? new Error('not opened')));
          opening.addEventListener('success', () => {
            const reading = opening.result.transaction('log').objectStore('log').getAll();
            reading.addEventListener('success', () => {
              const records: readonly Uint8Array[] = reading.result;
              opening.result.close();
              resolve(records.map(({ length }) => length));
            });
          });
        }),
      `pbft-lab:corner:${sample}`,
    );
  }

  private async records(): Promise<number> {
    return Number(/(\d+) records?/.exec((await this.disk.textContent()) ?? '')?.[1] ?? 0);
  }

  private async isLost(): Promise<boolean> {
    return (await this.page.getByTestId('corner-lost').count()) > 0;
  }
}
