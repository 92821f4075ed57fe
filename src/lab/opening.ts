import type { LabStore } from './lab-store.ts';
import { Refusal, type Lab } from './lab.ts';
import { LessonDesk } from './lessons/lesson-desk.ts';
import { showProblem } from './problems.ts';
import { sharedIn } from './share-link.ts';
import type { UrlParameters } from './url-parameters.ts';

/**
 * What a page shows first: the session that it left unfinished, else what the address asks for, else the
 * first scenario of the library. It plays unless the address says otherwise.
 */
export async function openFirst(
  store: LabStore,
  lab: Lab,
  { scenario, lesson, replicas, seed, play = true, atMs }: UrlParameters,
  fragment: string,
): Promise<void> {
  if (await openSharedIn(store, lab, fragment)) return;
  if (lesson !== undefined && (await openLessonIn(store, lab, lesson))) return;
  const options = {
    ...(replicas !== undefined && { replicas }),
    ...(seed !== undefined && { seed }),
  };
  const wanted = { ...(scenario !== undefined && { name: scenario }), ...options };
  if (!(await lab.resume(wanted))) {
    await loadFirst(store, lab, scenario, options);
    if (atMs !== undefined) await lab.runUntil({ atMs });
  }
  if (play && !lab.standsOnBeat) lab.transport.play();
}

/** Opens what the fragment of the address shares; false when it shares nothing that can be opened. */
export async function openSharedIn(store: LabStore, lab: Lab, fragment: string): Promise<boolean> {
  const read = await sharedIn(fragment);
  if (read === undefined) return false;
  try {
    if (!read.ok) throw new Refusal(read.problem);
    await lab.openShared(read.shared);
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    showProblem(store, 'error', 'The link could not be opened', error.message);
    return false;
  }
}

/** Opens the lesson that the address names, or goes on with it; false when there is none of that name. */
async function openLessonIn(store: LabStore, lab: Lab, name: string): Promise<boolean> {
  try {
    await new LessonDesk(store, lab).enter(name);
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    showProblem(store, 'error', 'The address asks for what there is not', error.message);
    return false;
  }
}

async function loadFirst(
  store: LabStore,
  lab: Lab,
  scenario: string | undefined,
  options: { readonly replicas?: number; readonly seed?: number },
): Promise<void> {
  const [first] = store.getState().scenarios;
  try {
    await lab.load(scenario ?? first?.name, options);
  } catch (error) {
    if (!(error instanceof Refusal) || scenario === undefined) throw error;
    showProblem(store, 'error', 'The address asks for what there is not', error.message);
    await lab.load(first?.name, options);
  }
}
