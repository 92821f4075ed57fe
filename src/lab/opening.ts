import { firstScenario } from '#host/first-scenario.ts';

import type { LabStore } from './lab-store.ts';
import { Refusal, type Lab } from './lab.ts';
import { showProblem } from './problems.ts';
import type { UrlParameters } from './url-parameters.ts';

/**
 * What a page shows first: the session that it left unfinished, else what the address asks for, else the
 * first scenario of the library. It plays unless the address says otherwise.
 */
export async function openFirst(
  store: LabStore,
  lab: Lab,
  parameters: UrlParameters,
  fragment: string,
): Promise<void> {
  const { scenario, lesson, replicas, seed, live = false, play = !live, atMs } = parameters;
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
  // Most addresses share nothing: what reads a link is fetched for those that do.
  if (fragment.length < 2) return false;
  const { sharedIn } = await import('./share-link.ts');
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
    const { LessonDesk } = await import('./lessons/lesson-desk.ts');
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
  try {
    await lab.load(scenario ?? firstScenario, options);
  } catch (error) {
    if (!(error instanceof Refusal) || scenario === undefined) throw error;
    showProblem(store, 'error', 'The address asks for what there is not', error.message);
    await lab.load(firstScenario, options);
  }
}
