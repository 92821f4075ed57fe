import type { CatalogueEntry } from '#core/persistent/samples/catalogue.ts';
import type { OutsideEntry } from '#core/persistent/samples/outside-world.ts';
import type {
  Release,
  SampleFailure,
  SampleInput,
  SampleLook,
  Stage,
} from '#host/corner/sample-port.ts';
import type { LabState } from '#lab/lab-state.ts';

import type { TrialReport } from './kill-trial.ts';
import type { NextTurn } from './sample-run.ts';

/** When a person has a worker killed: at once, or at this point of its next turn. */
export type KillPoint = Stage | 'now';

/** What happened last. */
export type LastDeed =
  | { readonly type: 'none' }
  | {
      readonly type: 'stepped';
      readonly input: SampleInput['type'];
      readonly released: readonly Release[];
      readonly bytes: number;
    }
  | { readonly type: 'killed'; readonly at: KillPoint }
  | { readonly type: 'restarted'; readonly records: number; readonly again: number }
  | { readonly type: 'lost'; readonly why: string };

/** The persistent-programming corner: one sample, its process, its disk and the world outside. */
export interface CornerState {
  readonly sample: CatalogueEntry;
  /** Which of the sample's worlds is outside. */
  readonly world: number;
  readonly process: 'starting' | 'alive' | 'dead';
  /** A turn is on its way. */
  readonly isBusy: boolean;
  /** The process's memory. */
  readonly look: SampleLook | undefined;
  /** What the last record says. */
  readonly durable: SampleLook | undefined;
  /** The objects in the last record, and which of their fields it changed. */
  readonly changed: ReadonlyMap<number, readonly string[]>;
  readonly outside: readonly OutsideEntry[];
  readonly failures: readonly SampleFailure[];
  readonly next: NextTurn | undefined;
  readonly nowUs: number;
  readonly isPlaying: boolean;
  /** Virtual seconds per real second. */
  readonly rate: number;
  readonly deaths: number;
  readonly last: LastDeed;
  readonly trial: TrialReport | undefined;
  readonly isTrying: boolean;
  /** Id of the workflow that is looked at. */
  readonly selected: number | undefined;
  readonly theme: LabState['theme'];
}

/** What a person can do. */
export interface CornerCommands {
  readonly choose: (sample: string) => Promise<void>;
  /** Begins anew in another world. */
  readonly chooseWorld: (world: number) => Promise<void>;
  readonly step: () => Promise<void>;
  readonly play: () => void;
  readonly pause: () => void;
  readonly setRate: (rate: number) => void;
  /** `now`: at once, whatever it does. Else at this point of its next turn. */
  readonly kill: (at: KillPoint) => Promise<void>;
  readonly restart: () => Promise<void>;
  /** An empty disk, a world that knows nothing. */
  readonly beginAnew: () => Promise<void>;
  readonly killEverywhere: () => Promise<void>;
  readonly endTrial: () => void;
  readonly select: (workflow: number) => void;
  readonly setTheme: (theme: LabState['theme']) => void;
}
