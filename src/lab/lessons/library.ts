import { amnesiaLesson } from './amnesia.ts';
import { checkpointsLesson } from './checkpoints.ts';
import { crashDiskRestartLesson } from './crash-disk-restart.ts';
import { dividedNetworkLesson } from './divided-network.ts';
import type { Lesson } from './lesson.ts';
import { normalCaseLesson } from './normal-case.ts';
import { primaryLiesLesson } from './primary-lies.ts';
import { viewChangeLesson } from './view-change.ts';
import { whyFourLesson } from './why-3f-plus-1.ts';
import { whyThreePhasesLesson } from './why-three-phases.ts';

/** Every lesson, in the order in which a person should take them. */
export const lessons: readonly Lesson[] = [
  normalCaseLesson,
  whyFourLesson,
  whyThreePhasesLesson,
  dividedNetworkLesson,
  primaryLiesLesson,
  viewChangeLesson,
  crashDiskRestartLesson,
  checkpointsLesson,
  amnesiaLesson,
];
