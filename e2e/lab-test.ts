import { test as base, type BrowserContext, type Page } from '@playwright/test';

import { LabPage } from './lab-page.ts';

/** What a page complained of: an error or a warning on its console, an error nobody caught, a file that did not load. */
function complaintsOf(context: BrowserContext): string[] {
  const complaints: string[] = [];
  const listen = (page: Page): void => {
    page.on('pageerror', (error) => {
      complaints.push(`uncaught ${error.stack ?? error.message}`);
    });
    page.on('console', (message) => {
      const type = message.type();
      if (type === 'error' || type === 'warning') complaints.push(`${type}: ${message.text()}`);
    });
    page.on('requestfailed', (request) => {
      const why = request.failure()?.errorText ?? '';
      // Who kills a worker, or leaves a page, while it is being loaded ends that load himself.
      if (why !== 'net::ERR_ABORTED') complaints.push(`not loaded: ${request.url()} ${why}`);
    });
  };
  context.on('page', listen);
  return complaints;
}

/** A test with a lab in a fresh browser profile. It fails if any page of it complained. */
export const test = base.extend<{ lab: LabPage; complaints: string[] }>({
  complaints: [
    async ({ context }, use) => {
      const complaints = complaintsOf(context);
      await use(complaints);
      test.expect(complaints, 'what the pages complained of').toEqual([]);
    },
    { auto: true },
  ],
  lab: async ({ page }, use) => {
    await use(new LabPage(page));
  },
});

export const { expect } = test;
