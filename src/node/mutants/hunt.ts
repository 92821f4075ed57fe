// The program of a child process: hunts one mutant, and prints a line of JSON for each hunter.
import { relative } from 'node:path';
import process from 'node:process';

import { createServer, isRunnableDevEnvironment, type Plugin } from 'vite';
import { startVitest } from 'vitest/node';

import { assert } from '#core/base/assert.ts';
import { persistent } from '#core/persistent/compiler/plugin.ts';
import type * as campaignModule from '#core/simulation/campaign.ts';
import type * as generatorsModule from '#core/simulation/generators.ts';

import { type Hunter, hunters } from './hunters.ts';
import { mutation } from './mutation.ts';
import { mutants } from './table.ts';

/** How long a test may take: a busy machine is no reason to fail. */
const patienceMs = 300_000;

/** What a hunter came to. */
export interface Hunt {
  readonly hunter: string;
  /** What noticed the mutant; absent if nothing did. */
  readonly by?: string;
  readonly ms: number;
}

/** Arguments: the id of a mutant, or `none` for the product as it is; `first` or `all` kills; the hunters' names. */
export async function main([id, extent, ...names]: readonly string[]): Promise<number> {
  const mutant = mutants.find((one) => one.id === id);
  const plugins = [...(mutant === undefined ? [] : [mutation(mutant)]), persistent()];
  for (const hunter of hunters.filter(({ name }) => names.includes(name))) {
    const start = performance.now();
    const by =
      'tests' in hunter ? await byTests(hunter, plugins) : await byScenarios(hunter, plugins);
    const ms = Math.round(performance.now() - start);
    const hunt: Hunt = { hunter: hunter.name, ...(by !== undefined && { by }), ms };
    process.stdout.write(`${JSON.stringify(hunt)}\n`);
    if (by !== undefined && extent === 'first') break;
  }
  return 0;
}

/** Runs test files on the mutant, up to the first that fails. */
async function byTests(
  { tests, except = [] }: Extract<Hunter, { readonly tests: unknown }>,
  plugins: readonly Plugin[],
): Promise<string | undefined> {
  const options = {
    watch: false,
    config: false as const,
    bail: 1,
    maxWorkers: 1,
    isolate: false,
    testTimeout: patienceMs,
    hookTimeout: patienceMs,
    include: ['src/core/**/*.test.ts'],
    exclude: except.map((part) => `**/*${part}.ts`),
    reporters: [{}],
  };
  const vitest = await startVitest('test', [...tests], options, { plugins: [...plugins] });
  const failed = vitest.state.getTestModules().flatMap((file) => {
    const name = relative(process.cwd(), file.moduleId);
    const failing = [...file.children.allTests('failed')]
      .filter((test) => !isTimeout(test.result().errors ?? []))
      .map((test) => test.fullName);
    const broken = file.errors().map(({ message }) => message);
    return [...failing, ...broken].map((says) => `${name}: ${says}`);
  });
  const ran = vitest.state.getTestModules().length;
  await vitest.close();
  process.exitCode = 0;
  if (ran === 0) throw new Error(`no test file is named ${tests.join(', ')}`);
  return failed[0];
}

/** A test that says itself how long it may take fails on a busy machine, whatever the mutant does. */
function isTimeout(errors: readonly { readonly message: string }[]): boolean {
  return errors.every(({ message }) => message.startsWith('Test timed out'));
}

/** Runs scenarios of a generator on the mutant, up to the first that fails. */
async function byScenarios(
  { generator, scenarios }: Extract<Hunter, { readonly generator: unknown }>,
  plugins: readonly Plugin[],
): Promise<string | undefined> {
  const server = await createServer({
    configFile: false,
    logLevel: 'error',
    appType: 'custom',
    plugins: [...plugins],
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
  try {
    const { ssr } = server.environments;
    assert(isRunnableDevEnvironment(ssr), 'Vite runs modules in this process');
    const { Campaign } = await ssr.runner.import<typeof campaignModule>(
      '/src/core/simulation/campaign.ts',
    );
    const { generators } = await ssr.runner.import<typeof generatorsModule>(
      '/src/core/simulation/generators.ts',
    );
    const chosen = generators.filter(({ name }) => name === generator);
    const campaign = new Campaign(chosen, { firstSeed: 1, shrinkRuns: 0 });
    return hunted(campaign, scenarios);
  } finally {
    await server.close();
  }
}

/** What the first failing scenario breaks. A program that throws is noticed, too. */
function hunted(campaign: campaignModule.Campaign, scenarios: number): string | undefined {
  for (let seed = 1; seed <= scenarios; seed++) {
    try {
      campaign.step();
    } catch (error) {
      return `seed ${seed}: throws ${String(error)}`;
    }
    const [failure] = campaign.summary.violations;
    if (failure === undefined) continue;
    const { invariants } = failure;
    return `seed ${seed}: ${invariants.length > 0 ? invariants.join(', ') : 'not live'}`;
  }
  return undefined;
}
