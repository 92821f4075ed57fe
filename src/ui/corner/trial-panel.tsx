import type { ReactNode } from 'react';

import { type Death, stages, type TrialReport } from '#lab/corner/kill-trial.ts';

import { useCorner, useCornerCommands } from './corner-context.ts';
import { countText } from './corner-words.ts';

import styles from './trial-panel.module.css';

/** The sample killed at every point of every turn, each time in real workers with a disk of their own. */
export function TrialPanel(): ReactNode {
  const trial = useCorner((state) => state.trial);
  const isTrying = useCorner((state) => state.isTrying);
  const commands = useCornerCommands();
  return (
    <section
      className={styles['trial']}
      aria-label="Kill at every await"
      data-testid="corner-trial"
    >
      <h2>
        Kill at every await
        {isTrying ? (
          <button onClick={() => commands.endTrial()}>Stop</button>
        ) : (
          <button onClick={() => void commands.killEverywhere()}>
            {trial === undefined ? 'Run' : 'Run again'}
          </button>
        )}
      </h2>
      <output data-equal={trial === undefined ? undefined : verdictOf(trial)}>
        {summaryOf(trial, isTrying)}
      </output>
      {trial === undefined ? null : <Deaths trial={trial} />}
    </section>
  );
}

const stageNames = {
  turn: 'before the commit',
  commit: 'after the commit',
  release: 'after the release',
};

function Deaths({ trial }: { readonly trial: TrialReport }): ReactNode {
  const commits = Array.from({ length: trial.commits }, (_, i) => i + 1);
  const first = trial.deaths.find(({ isEqual }) => !isEqual);
  return (
    <div className={styles['deaths']} {...scrollable}>
      <table>
        <thead>
          <tr>
            <th scope="col">killed</th>
            {commits.map((commit) => (
              <th key={commit} scope="col">
                {commit}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {stages.map((stage) => (
            <tr key={stage}>
              <th scope="row">{stageNames[stage]}</th>
              {commits.map((commit) => (
                <DeathCell
                  key={commit}
                  death={trial.deaths.find((one) => one.commit === commit && one.stage === stage)}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {first === undefined ? null : (
        <p data-testid="corner-difference">
          Killed {stageNames[first.stage]} {first.commit}, the outside has seen{' '}
          <strong>{extraOf(first, trial).join('; ') || 'something else'}</strong> more than it
          should.
        </p>
      )}
    </div>
  );
}

/** What scrolls can be reached by the keyboard. */
const scrollable = { tabIndex: 0, role: 'region', 'aria-label': 'Deaths' } as const;

function DeathCell({ death }: { readonly death: Death | undefined }): ReactNode {
  if (death === undefined) return <td>·</td>;
  const { isEqual, again } = death;
  const came = again === 0 ? '' : `, ${countText(again, 'thing')} came again and counted once`;
  return (
    <td data-equal={isEqual} title={isEqual ? `the same${came}` : 'not the same'}>
      {isEqual ? '=' : '≠'}
    </td>
  );
}

function verdictOf({ deaths }: TrialReport): boolean {
  return deaths.every(({ isEqual }) => isEqual);
}

function summaryOf(trial: TrialReport | undefined, isTrying: boolean): string {
  if (trial === undefined) {
    return isTrying
      ? 'It runs undisturbed first.'
      : 'Runs the program once undisturbed and once for each point where it can die, in real workers on a disk of their own.';
  }
  const { deaths, commits, isOver } = trial;
  const unequal = deaths.filter(({ isEqual }) => !isEqual).length;
  const done = `${countText(deaths.length, 'death')} of ${commits * stages.length}`;
  const result =
    unequal === 0
      ? 'the outside has seen the same each time.'
      : `${unequal} times the outside has seen something else.`;
  const ended = isOver ? '' : isTrying ? ' Going on.' : ' Stopped.';
  return `${done}: ${result}${ended}`;
}

/** What the outside has seen beyond what it should have. */
function extraOf({ life }: Death, { undisturbed }: TrialReport): readonly string[] {
  const expected = [...undisturbed.journal, ...undisturbed.letters];
  return [...life.journal, ...life.letters].filter((line) => {
    const at = expected.indexOf(line);
    if (at >= 0) expected.splice(at, 1);
    return at < 0;
  });
}
