import type { LabCommands, MessageDeed } from './commands.ts';
import type { LabStore } from './lab-store.ts';
import { Refusal, subject, type Lab } from './lab.ts';
import { dismissProblem, showProblem } from './problems.ts';

/** The commands of a lab: each a line over the lab, a refusal becoming a problem on the page. */
export function createCommands(store: LabStore, lab: Lab): LabCommands {
  const { transport } = lab;
  const attempt = async (deed: Promise<unknown>): Promise<void> => {
    try {
      await deed;
    } catch (error) {
      if (!isForThePerson(error)) throw error;
      showProblem(store, 'error', 'That could not be done', error.message);
    }
  };
  return {
    load: (scenario, options) => attempt(lab.load(scenario, options)),
    newCluster: () => {
      const { scenarioName, scenarios, scenario } = store.getState();
      const isBuiltIn = scenarios.some(({ name }) => name === scenarioName);
      const options = { ...(scenario && { replicas: scenario.replicas, seed: scenario.seed }) };
      return attempt(lab.load(isBuiltIn ? scenarioName : scenario, isBuiltIn ? options : {}));
    },
    submit: (operation, client = 0) => attempt(lab.do({ do: 'submit', client, operation })),
    crash: (process, point = 'now') => attempt(lab.do({ do: 'crash', ...subject(process), point })),
    restart: (process, disk = { disk: 'kept' }) =>
      attempt(lab.do({ do: 'restart', ...subject(process), ...disk })),
    byzantine: (replica, behaviour, options) =>
      attempt(lab.do({ do: 'byzantine', replica, behaviour, ...options })),
    partition: (groups) => attempt(lab.do({ do: 'partition', groups })),
    heal: () => attempt(lab.do({ do: 'heal' })),
    message: (message, deed) => attempt(actOnMessage(message, deed)),
    do: (step) => attempt(lab.do(step)),
    play: (rate) => {
      transport.play(rate);
    },
    pause: () => {
      transport.pause();
    },
    setRate: (rate) => {
      transport.setRate(rate);
    },
    step: (count) => attempt(transport.step(count)),
    back: () => {
      transport.back();
    },
    nextPhase: () => attempt(transport.nextPhase()),
    seek: (ms) => {
      transport.seek(ms);
    },
    toEdge: () => {
      transport.toEdge();
    },
    runUntil: (goal) => attempt(lab.runUntil(goal)),
    judge: () => attempt(lab.verdict()),
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
    dismiss: (problem) => {
      dismissProblem(store, problem);
    },
  };
}

/** A refusal, or a disk that does not serve; an error of a worker arrives with its name only. */
function isForThePerson(error: unknown): error is Error {
  return error instanceof Refusal || (error instanceof Error && error.name === 'StorageError');
}

function actOnMessage(message: number, _deed: MessageDeed): Promise<void> {
  return Promise.reject(new Refusal(`Message ${message} cannot be acted on: not available yet.`));
}
