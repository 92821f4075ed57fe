import { proxy, type ProxyMarked, type Remote } from 'comlink';

import { BusHost } from './bus-host.ts';
import type { BusListener, Setting } from './bus-requests.ts';
import type { ScenarioTitle } from './scenario-request.ts';

/** What the bus worker answers before there is a bus. */
export const starter = {
  scenarios: async (): Promise<readonly ScenarioTitle[]> =>
    (await import('./scenario-request.ts')).scenarioTitles(),
  start: (setting: Setting, page: Remote<BusListener & ProxyMarked>): BusHost & ProxyMarked =>
    proxy(new BusHost(setting, page)),
};

/** What the page calls first. */
export type BusStarter = typeof starter;
