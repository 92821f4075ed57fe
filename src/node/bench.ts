import { benchPersistent } from './bench-persistent.ts';
import { benchProtocol } from './bench-protocol.ts';
import type { Measurement } from './stopwatch.ts';

const usage = 'npm run -s bench -- persistent|protocol|page';

const areas: Readonly<Record<string, () => Promise<readonly Measurement[]>>> = {
  persistent: benchPersistent,
  protocol: benchProtocol,
  page: async () => {
    const { benchPage } = await import('./bench-page.ts');
    return benchPage();
  },
};

/** Prints measurements as pbft-lab/bench@1. The exit code: 0 done, 2 bad input. */
export async function main(args: readonly string[]): Promise<number> {
  const [area = '', ...more] = args;
  const run = areas[area];
  if (run === undefined || more.length > 0) {
    process.stderr.write(`${usage}\n`);
    return 2;
  }
  const results = await run();
  const report = { format: 'pbft-lab/bench@1', area, node: process.version, results };
  process.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
  return 0;
}
