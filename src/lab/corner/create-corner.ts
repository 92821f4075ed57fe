import type { StoreApi } from 'zustand/vanilla';

import type { Frames } from '#lab/playback.ts';
import { writeTheme } from '#lab/preferences.ts';

import { CornerClock } from './corner-clock.ts';
import type { CornerCommands, CornerState, KillPoint } from './corner-state.ts';
import { Corner, type CornerHost } from './corner.ts';

/** The commands of a corner; what fails is told to the person, and the disk stays as it is. */
export function createCorner(
  store: StoreApi<CornerState>,
  host: CornerHost,
  frames: Frames,
): CornerCommands {
  const corner = new Corner(store, host);
  const attempt = async (deed: Promise<void>): Promise<void> => {
    try {
      await deed;
    } catch (error) {
      corner.fail(error instanceof Error ? error.message : String(error));
      if (!isOfTheDisk(error)) throw error;
    }
  };
  const clock = new CornerClock(store, corner, frames, () => attempt(corner.step()));
  return {
    choose: (sample) => attempt(corner.choose(sample)),
    chooseWorld: (world) => attempt(corner.beginAnew(world)),
    beginAnew: () => attempt(corner.beginAnew(store.getState().world)),
    step: () => attempt(corner.step()),
    play: () => clock.play(),
    pause: () => clock.pause(),
    setRate: (rate) => store.setState({ rate }),
    kill: (at) => attempt(killAt(corner, at)),
    restart: () => attempt(corner.restart()),
    killEverywhere: () => attempt(corner.killEverywhere()),
    endTrial: () => store.setState({ isTrying: false }),
    select: (selected) => store.setState({ selected }),
    setTheme: (theme) => {
      store.setState({ theme });
      writeTheme(host.storage, theme);
    },
  };
}

async function killAt(corner: Corner, at: KillPoint): Promise<void> {
  if (at !== 'now') await corner.step(at);
  corner.kill(at);
}

/** A disk that does not serve is no bug of this program; an error of a worker arrives with its name only. */
function isOfTheDisk(error: unknown): boolean {
  return error instanceof Error && (error.name === 'StorageError' || error.name === 'StoreError');
}
