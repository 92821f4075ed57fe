import type { Conduct } from './outside-world.ts';

/** A sample, as a person chooses it. What it runs is in programs.ts, so that a list costs no runtime. */
export interface CatalogueEntry {
  readonly name: string;
  readonly title: string;
  /** What to watch for. */
  readonly about: string;
  /** Where its source stands, as in the ids of its functions. */
  readonly file: string;
  /** How the world outside may behave; the first is the usual way. */
  readonly worlds: readonly World[];
}

/** A way in which the world outside may behave. */
interface World {
  readonly name: string;
  readonly conduct: Conduct;
}

const folder = 'core/persistent/samples';
const usual: World = { name: 'as it should be', conduct: {} };

function refusing(deed: string): World {
  return { name: `refuses to ${deed}`, conduct: { refused: deed } };
}

/** Every sample that can be run and killed. */
export const catalogue: readonly CatalogueEntry[] = [
  {
    name: 'ping-pong',
    title: 'Ping-pong',
    about:
      'Two workflows wait for each other’s messages and for timers. Kill them between PING and PONG: both go on at the very line where they stood.',
    file: `${folder}/ping-pong.ts`,
    worlds: [usual],
  },
  {
    name: 'travel-agent',
    title: 'Travel agent',
    about:
      'A saga. When a company refuses, what was done before is undone, the last step first, and each exactly once, however often the worker dies.',
    file: `${folder}/travel-agent.ts`,
    worlds: [
      usual,
      ...['reserve funds', 'book flight', 'book hotel', 'deduct funds'].map(refusing),
      { name: 'forgets the ids it has seen', conduct: { forgetsIds: true } },
    ],
  },
  {
    name: 'sayer',
    title: 'Sayer',
    about:
      'One object and a delegate of its method. After a restart they are still one and the same: the delegate says what the object has learnt since.',
    file: `${folder}/sayer.ts`,
    worlds: [usual],
  },
  {
    name: 'heartbeat',
    title: 'Heartbeat',
    about:
      'A heart beats, a watcher waits for the next beat or for too long a silence: a race between two awaits, stored as it is.',
    file: `${folder}/heartbeat.ts`,
    worlds: [usual],
  },
  {
    name: 'alarms',
    title: 'Alarms',
    about:
      'Timers are absolute and stored. Let time run while the worker is dead: after the restart the overdue alarms ring in their order, and the closures still share one counter.',
    file: `${folder}/persistent-timer.ts`,
    worlds: [usual],
  },
  {
    name: 'downloader',
    title: 'Downloader',
    about:
      'Tries again, waiting twice as long after each failure, until a deadline that a restart does not move.',
    file: `${folder}/downloader.ts`,
    worlds: [
      { name: 'fails three times', conduct: { failures: 3 } },
      { name: 'fails always', conduct: { failures: 99 } },
      usual,
    ],
  },
  {
    name: 'invoice',
    title: 'A bug',
    about:
      'A program with a mistake in it. The error comes after the await, in a worker that has never run the lines before it, and yet names the line of the source.',
    file: `${folder}/invoice.ts`,
    worlds: [usual],
  },
];
