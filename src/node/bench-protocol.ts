import { Campaign } from '#core/simulation/campaign.ts';
import { generators } from '#core/simulation/generators.ts';

import { bundleOf } from './runtime-size.ts';
import type * as servingModule from './serving.ts';
import type { Serving } from './serving.ts';
import { measured, type Measurement, nanoseconds } from './stopwatch.ts';

type Servers = typeof servingModule;

const sizes = [4, 7, 10, 13, 22, 31];
const batchSizes = [1, 10, 100];
const campaignScenarios = 40;

/** What the protocol costs in one thread: the workflows against the step machine, n, batches, and a campaign. */
export async function benchProtocol(): Promise<readonly Measurement[]> {
  const servers = await bundled();
  return [
    ...deliveries(servers, 4),
    ...deliveries(servers, 7),
    ...sizes.flatMap((n) => againstSize(servers, n)),
    ...batchSizes.flatMap((b) => againstBatch(servers, b)),
    ...campaigning(),
  ];
}

/** In a bundle, as a page has it: here every import is read through a getter, which halves the figures. */
async function bundled(): Promise<Servers> {
  const code = await bundleOf("export * from '/src/node/serving.ts';");
  const url = `data:text/javascript,${encodeURIComponent(code)}`;
  const module: Servers = await import(/* @vite-ignore */ url);
  return module;
}

function deliveries({ workflowsOf, stepsOf }: Servers, n: number): Measurement[] {
  const workflows = perSecond(workflowsOf(n, 0, 'turns'));
  const durable = perSecond(workflowsOf(n, 0, 'commits'));
  const machine = { name: 'the step machine', value: perSecond(stepsOf(n, 0)) };
  const name = `deliveries to workflows, n = ${n}`;
  return [
    measured({ name, value: workflows }, '1/s', machine),
    measured({ name: `${name}, each turn with its record`, value: durable }, '1/s', machine),
  ];
}

function againstSize({ workflowsOf, stepsOf }: Servers, n: number): Measurement[] {
  const name = `one batch of one request, n = ${n}`;
  const value = microsecondsPerBatch(workflowsOf(n, 0, 'turns'), n);
  const reference = { name: 'the step machine', value: microsecondsPerBatch(stepsOf(n, 0), n) };
  return [measured({ name, value }, 'us', reference)];
}

/** What the batch of all others costs beside that of the first. */
function againstBatch({ workflowsOf, stepsOf }: Servers, b: number): Measurement[] {
  const name = `one request in a batch of ${b}, n = 4`;
  const share = (serve: (others: number) => Serving): number =>
    (microsecondsPerBatch(serve(b), 4) - microsecondsPerBatch(serve(0), 4)) / b;
  const value = share((others) => workflowsOf(4, others, 'turns'));
  const reference = { name: 'the step machine', value: share((others) => stepsOf(4, others)) };
  return [measured({ name, value }, 'us', reference)];
}

function campaigning(): Measurement[] {
  const campaign = new Campaign(generators, { firstSeed: 1 });
  campaign.step();
  const before = campaign.summary.deliveries;
  const start = performance.now();
  for (let i = 0; i < campaignScenarios; i++) campaign.step();
  const seconds = (performance.now() - start) / 1000;
  const moved = campaign.summary.deliveries - before;
  return [
    measured({ name: 'scenarios of a campaign', value: campaignScenarios / seconds }, '1/s'),
    measured({ name: 'deliveries of a campaign', value: moved / seconds }, '1/s'),
  ];
}

function perSecond(serve: Serving): number {
  const perBatch = serve(200) / 200;
  return (perBatch * 1e9) / nanoseconds(200, serve);
}

function microsecondsPerBatch(serve: Serving, n: number): number {
  return nanoseconds(Math.max(4, Math.round(800 / n ** 2)), serve) / 1000;
}
