import type { Scenario } from '#core/simulation/scenario.ts';

import type { LabCommands, LoadOptions, MessageDeed } from './commands.ts';
import type { LabStore } from './lab-store.ts';
import { Refusal, subject, type Lab } from './lab.ts';
import type { LessonDesk } from './lessons/lesson-desk.ts';
import { dismissProblem, showProblem } from './problems.ts';

/** The commands of a lab: each a line over the lab, a refusal becoming a problem on the page. */
export function createCommands(store: LabStore, lab: Lab): LabCommands {
  return {
    ...deeds(store, lab),
    ...lessonDeeds(store, lab),
    ...controlsOfTime(store, lab),
    ...choices(store, lab),
  };
}

type Choices = Pick<
  LabCommands,
  'select' | 'hover' | 'setTheme' | 'setLetterKeys' | 'setMode' | 'dismiss'
>;
type ControlsOfTime = Pick<
  LabCommands,
  | 'play'
  | 'pause'
  | 'setRate'
  | 'step'
  | 'back'
  | 'nextPhase'
  | 'nextBeat'
  | 'previousBeat'
  | 'seek'
  | 'toEdge'
  | 'runUntil'
>;
type LessonDeeds = Pick<
  LabCommands,
  'openLesson' | 'openChallenge' | 'checkChallenge' | 'predict' | 'closeLesson'
>;
type Deeds = Omit<LabCommands, keyof ControlsOfTime | keyof Choices | keyof LessonDeeds>;

/** What changes the cluster. */
function deeds(store: LabStore, lab: Lab): Deeds {
  const attempt = attemptIn(store, lab);
  return {
    load: (scenario, options) => attempt(lab.replace(scenario, options)),
    newCluster: (changes) => {
      const { scenarioName, scenarios, scenario } = store.getState();
      const isBuiltIn = scenarios.some(({ name }) => name === scenarioName);
      const options = { ...(scenario && settingOf(scenario)), ...changes };
      return attempt(
        lab.replace(isBuiltIn ? scenarioName : scenario, isBuiltIn ? options : { ...changes }),
      );
    },
    submit: (operation, client = 0) => attempt(lab.do({ do: 'submit', client, operation })),
    crash: (process, point = 'now') => attempt(lab.do({ do: 'crash', ...subject(process), point })),
    restart: (process, disk = { disk: 'kept' }) =>
      attempt(lab.do({ do: 'restart', ...subject(process), ...disk })),
    byzantine: (process, behaviour, options) =>
      attempt(lab.do({ do: 'byzantine', ...options, ...subject(process), behaviour })),
    partition: (groups) => attempt(lab.do({ do: 'partition', groups })),
    heal: () => attempt(lab.do({ do: 'heal' })),
    message: (message, deed) => attempt(lab.do(messageStep(message, deed))),
    do: (step) => attempt(lab.do(step)),
    judge: () => attempt(lab.judge()),
    fork: (ms = store.getState().nowMs) => attempt(lab.fork(ms)),
    openBranch: (id) => attempt(lab.openBranch(id)),
    share: () => attempt(lab.link()),
  };
}

/** What a lesson asks for. */
function lessonDeeds(store: LabStore, lab: Lab): LessonDeeds {
  const attempt = attemptIn(store, lab);
  // Fetched by the first who learns.
  let fetched: Promise<LessonDesk> | undefined;
  const atDesk = async (deed: (desk: LessonDesk) => Promise<void> | void): Promise<void> => {
    fetched ??= import('./lessons/lesson-desk.ts').then(
      ({ LessonDesk }) => new LessonDesk(store, lab),
    );
    await deed(await fetched);
  };
  return {
    openLesson: (name) => attempt(atDesk((desk) => desk.open(name))),
    openChallenge: (solved = false) => attempt(atDesk((desk) => desk.openChallenge(solved))),
    checkChallenge: () => attempt(atDesk((desk) => desk.check())),
    predict: (beat, option) => void attempt(atDesk((desk) => desk.predict(beat, option))),
    closeLesson: () => void attempt(atDesk((desk) => desk.close())),
  };
}

/** What a person has chosen of a scenario, and keeps when it begins anew. */
function settingOf({ replicas, seed, ablation }: Scenario): LoadOptions {
  return { replicas, seed, ablation };
}

/** What moves the playhead. */
function controlsOfTime(store: LabStore, lab: Lab): ControlsOfTime {
  const attempt = attemptIn(store, lab);
  const { transport } = lab;
  return {
    play: transport.play.bind(transport),
    pause: transport.pause.bind(transport),
    setRate: transport.setRate.bind(transport),
    step: (count) => attempt(transport.step(count)),
    back: transport.back.bind(transport),
    nextPhase: () => attempt(transport.nextPhase()),
    nextBeat: () => attempt(transport.nextBeat()),
    previousBeat: transport.previousBeat.bind(transport),
    seek: transport.seek.bind(transport),
    toEdge: transport.toEdge.bind(transport),
    runUntil: (goal) => attempt(lab.runUntil(goal)),
  };
}

/** What changes nothing but the picture. */
function choices(store: LabStore, lab: Lab): Choices {
  return {
    select: (selection) => {
      store.setState({ selection });
    },
    hover: (hovered) => {
      store.setState({ hovered });
    },
    setTheme: (theme) => {
      store.setState({ theme });
    },
    setLetterKeys: (letterKeys) => {
      store.setState({ letterKeys });
    },
    setMode: (mode) => {
      if (mode === 'live') lab.transport.pause();
      store.setState({ mode });
    },
    dismiss: (problem) => {
      dismissProblem(store, problem);
    },
  };
}

/** What a person is told and what stops the lab: a refusal is an answer, everything else is a bug. */
function attemptIn(store: LabStore, lab: Lab): <T>(deed: Promise<T>) => Promise<T | undefined> {
  return async (deed) => {
    try {
      return await deed;
    } catch (error) {
      if (!isForThePerson(error)) {
        lab.fail(error);
        throw error;
      }
      showProblem(store, 'error', 'That could not be done', error.message);
      return undefined;
    }
  };
}

/** A refusal, or a disk that does not serve; an error of a worker arrives with its name only. */
function isForThePerson(error: unknown): error is Error {
  return error instanceof Refusal || (error instanceof Error && error.name === 'StorageError');
}

/** The step that does this to one message in flight. */
function messageStep(message: number, deed: MessageDeed): object {
  if (typeof deed === 'object') return { do: 'message', message, deed: 'delay', ms: deed.delayMs };
  return { do: 'message', message, deed: deed === 'deliver-now' ? 'deliver' : deed };
}
