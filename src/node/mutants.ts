import { argumentsIn, BadInput, laterExitCodeOf, terminal, type Terminal } from './command.ts';
import type { Hunt } from './mutants/hunt.ts';
import { hunters } from './mutants/hunters.ts';
import { hunt, type Order, root } from './mutants/hunting-party.ts';
import { checkEdit } from './mutants/mutation.ts';
import { absent, mutants } from './mutants/table.ts';

const usage =
  'npm run -s mutants -- [--only ID[,ID…]] [--hunter NAME[,NAME…]] [--all]\n' +
  `hunters: ${hunters.map(({ name }) => name).join(', ')}`;

/** The product as it is: whoever notices a bug in it is no judge of mutants. */
const control = { id: 'none', what: 'the product as it is' };

/**
 * Hunts every mutant with the tests and generators in order, up to the first that notices it (`--all`: with all of
 * them), and prints who noticed what. The exit code: 0 all killed, 1 some survived, 2 bad input.
 */
export function main(args: readonly string[], on: Terminal = terminal): Promise<number> {
  return laterExitCodeOf(on, () => run(args, on));
}

async function run(args: readonly string[], { out, err }: Terminal): Promise<number> {
  const { chosen, ...order } = orderIn(args);
  for (const mutant of mutants) checkEdit(root, mutant);
  const found: { readonly id: string; readonly what: string; readonly hunts: readonly Hunt[] }[] =
    [];
  for (const { id, what } of chosen) {
    const hunts = await hunt({ id, ...order });
    found.push({ id, what, hunts });
    err(`${rowOf(id, what, hunts)}\n`);
  }
  const survivors = found.filter(({ id, hunts }) => isKilled(hunts) === (id === control.id));
  out(
    `${JSON.stringify(
      {
        format: 'pbft-lab/mutants@1',
        hunters: order.hunters,
        mutants: found.map((one) => ({ ...one, killed: isKilled(one.hunts) })),
        absent,
        survivors: survivors.map(({ id }) => id),
      },
      undefined,
      2,
    )}\n`,
  );
  return survivors.length === 0 ? 0 : 1;
}

function isKilled(hunts: readonly Hunt[]): boolean {
  return hunts.some(({ by }) => by !== undefined);
}

/** A line of the table for people: who noticed the mutant, and after which time of hunting. */
function rowOf(id: string, what: string, hunts: readonly Hunt[]): string {
  const kills = hunts.flatMap(({ hunter, by, ms }) =>
    by === undefined ? [] : [`${hunter} (${(ms / 1000).toFixed(1)} s): ${by}`],
  );
  const missed = hunts.flatMap(({ hunter, by }) => (by === undefined ? [hunter] : []));
  return [
    `${id.padEnd(4)} ${kills.length > 0 ? 'killed  ' : 'SURVIVED'}  ${what}`,
    ...kills.map((kill) => `        ${kill}`),
    ...(missed.length > 0 ? [`        not by ${missed.join(', ')}`] : []),
  ].join('\n');
}

function orderIn(
  args: readonly string[],
): Omit<Order, 'id'> & { readonly chosen: readonly { id: string; what: string }[] } {
  const { only, hunter, all } = optionsIn(args);
  const ids = only?.split(',');
  const names = hunter?.split(',') ?? hunters.map(({ name }) => name);
  for (const id of ids ?? []) {
    const gone = absent.find((one) => one.id === id);
    if (gone !== undefined) throw new BadInput(`--only: ${id} cannot be: ${gone.why}`);
    if (id !== control.id && !mutants.some((one) => one.id === id)) {
      throw new BadInput(`--only: there is no mutant ${id}\n${usage}`);
    }
  }
  for (const name of names) {
    if (!hunters.some((one) => one.name === name)) {
      throw new BadInput(`--hunter: there is no ${name}\n${usage}`);
    }
  }
  const everything = [control, ...mutants];
  return {
    extent: all === true ? 'all' : 'first',
    hunters: hunters.map(({ name }) => name).filter((name) => names.includes(name)),
    chosen: everything.filter(({ id }) => ids?.includes(id) ?? true),
  };
}

function optionsIn(args: readonly string[]): { only?: string; hunter?: string; all?: boolean } {
  const text = { type: 'string' } as const;
  const options = { only: text, hunter: text, all: { type: 'boolean' } } as const;
  return argumentsIn({ args: [...args], options }, usage).values;
}
