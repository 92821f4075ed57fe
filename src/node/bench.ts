import { benchPersistent } from './bench-persistent.ts';
import { benchProtocol } from './bench-protocol.ts';
import { BadInput, laterExitCodeOf, terminal, type Terminal } from './command.ts';
import type { Measurement } from './stopwatch.ts';

const usage =
  'npm run -s bench -- persistent|protocol|page [--replicas 4,7,10,13] [--operations N]';

type Area = (args: readonly string[]) => Promise<readonly Measurement[]>;

const areas: Readonly<Record<string, Area>> = {
  persistent: alone(benchPersistent),
  protocol: alone(benchProtocol),
  page: async (args) => {
    // It brings a browser and a builder along.
    const { benchPage } = await import('./bench-page.ts');
    return benchPage(args);
  },
};

/** Prints measurements as pbft-lab/bench@1. The exit code: 0 done, 2 bad input. */
export function main(args: readonly string[], on: Terminal = terminal): Promise<number> {
  return laterExitCodeOf(on, async () => {
    const [area = '', ...more] = args;
    const run = areas[area];
    if (run === undefined) throw new BadInput(usage);
    const results = await run(more);
    const report = { format: 'pbft-lab/bench@1', area, node: process.version, results };
    on.out(`${JSON.stringify(report, undefined, 2)}\n`);
    return 0;
  });
}

/** An area that has no arguments. */
function alone(run: () => Promise<readonly Measurement[]>): Area {
  return async (args) => {
    if (args.length > 0) throw new BadInput(usage);
    return run();
  };
}
