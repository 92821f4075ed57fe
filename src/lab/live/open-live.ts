import { LiveOptionsError } from '#host/live/live-options.ts';
import { Refusal } from '#lab/lab.ts';

import type { LiveCommands } from './live-state.ts';
import { Live } from './live.ts';

/** Live mode on a page: what is, and what can be done. */
export interface LiveOnPage {
  readonly live: Live;
  readonly commands: LiveCommands;
}

/** What live mode tells the page that it is on. */
export interface LivePage {
  /** For the person, in words. */
  readonly refused: (why: string) => void;
  /** The lab is to be shown again. */
  readonly left: () => void;
}

/** Live mode with its commands: each a line over it, a refusal becoming a problem on the page. */
export function openLive(page: LivePage): LiveOnPage {
  const told = (error: unknown): void => {
    if (error instanceof Error) page.refused(error.message);
    if (!isForThePerson(error)) throw error;
  };
  const live = new Live(told);
  const attempt = async (deed: () => unknown): Promise<void> => {
    try {
      await deed();
    } catch (error) {
      told(error);
    }
  };
  return {
    live,
    commands: {
      change: (form) => live.change(form),
      start: () => attempt(() => live.start()),
      stop: () => attempt(() => live.stop()),
      crash: (replica) => attempt(() => live.crash(replica)),
      restart: (replica) => attempt(() => live.restart(replica)),
      pause: (replica) => attempt(() => live.pause(replica)),
      resume: (replica) => attempt(() => live.resume(replica)),
      partition: (groups) => attempt(() => live.partition(groups)),
      heal: () => attempt(() => live.heal()),
      byzantine: (replica, behaviour) => attempt(() => live.byzantine(replica, behaviour)),
      leave: async () => {
        page.left();
        if (live.isRunning) await attempt(() => live.stop());
      },
    },
  };
}

/** A refusal, or a disk that does not serve; an error of a worker arrives with its name only. */
function isForThePerson(error: unknown): boolean {
  return (
    error instanceof Refusal ||
    error instanceof LiveOptionsError ||
    (error instanceof Error && error.name === 'StorageError')
  );
}
