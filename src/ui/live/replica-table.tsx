import type { ReactNode } from 'react';

import { behaviourCatalogue } from '#core/replica/byzantine/catalogue.ts';
import type { LiveReplica } from '#lab/live/live-state.ts';

import { useLive, useLiveCommands } from './live-context.ts';
import { amountText, bytesText } from './live-words.ts';

import styles from './replica-table.module.css';

/** What scrolls has to be reached by the keyboard. */
const scrollable = { tabIndex: 0, role: 'region', 'aria-label': 'Replicas' } as const;

/** What each replica is, and what can be done to it. */
export function ReplicaTable(): ReactNode {
  const replicas = useLive((state) => state.samples.at(-1)?.replicas);
  const isOn = useLive((state) => state.phase === 'running');
  if (replicas === undefined) return null;
  const view = Math.max(...replicas.map((replica) => replica.view));
  return (
    <div className={styles['table']} {...scrollable}>
      <table>
        <thead>
          <tr>
            <th scope="col">Replica</th>
            <th scope="col">State</th>
            <th scope="col">View</th>
            <th scope="col">Executed</th>
            <th scope="col">Stable</th>
            <th scope="col">Busy</th>
            <th scope="col">Disk</th>
            <th scope="col">Faults</th>
          </tr>
        </thead>
        <tbody>
          {replicas.map((replica) => (
            <ReplicaRow
              key={replica.replica}
              replica={replica}
              isPrimary={replica.replica === view % replicas.length}
              isOn={isOn}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface ReplicaRowProps {
  readonly replica: LiveReplica;
  readonly isPrimary: boolean;
  readonly isOn: boolean;
}

function ReplicaRow({ replica, isPrimary, isOn }: ReplicaRowProps): ReactNode {
  const { replica: id, state, learner, problem, busyShare } = replica;
  const words = learner && state === 'up' ? 'learner' : state;
  return (
    <tr data-testid={`live-replica-${id}`} data-state={state} data-view={replica.view}>
      <th scope="row">
        R{id}
        {isPrimary ? (
          <span className={styles['primary']} title="Primary of the latest view">
            {' '}
            <span aria-hidden="true">♛</span>
            <span className="visually-hidden">primary</span>
          </span>
        ) : null}
      </th>
      <td className={styles['state']} data-words={words} title={problem}>
        {words}
      </td>
      <td>{replica.view}</td>
      <td>{amountText(replica.executed)}</td>
      <td>{amountText(replica.stable)}</td>
      <td>
        <Busy share={busyShare} />
      </td>
      <td>{bytesText(replica.storageBytes)}</td>
      <td>
        <Faults replica={replica} isOn={isOn} />
      </td>
    </tr>
  );
}

function Busy({ share }: { readonly share: number }): ReactNode {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <div className={styles['busy']}>
      <div aria-hidden="true">
        <div style={{ width: `${percent}%` }} />
      </div>
      {percent} %
    </div>
  );
}

function Faults({ replica, isOn }: Pick<ReplicaRowProps, 'replica' | 'isOn'>): ReactNode {
  const { replica: id, state } = replica;
  const commands = useLiveCommands();
  const runs = state === 'up' || state === 'paused';
  return (
    <div className={styles['faults']}>
      <button
        data-danger={runs ? true : undefined}
        disabled={!isOn}
        aria-label={`${runs ? 'Crash' : 'Restart'} replica ${id}`}
        onClick={() => void (runs ? commands.crash(id) : commands.restart(id))}
      >
        {runs ? 'Crash' : 'Restart'}
      </button>
      <button
        disabled={!isOn || !runs}
        aria-label={`${state === 'paused' ? 'Resume' : 'Pause'} replica ${id}`}
        onClick={() => void (state === 'paused' ? commands.resume(id) : commands.pause(id))}
      >
        {state === 'paused' ? 'Resume' : 'Pause'}
      </button>
      <BehaviourChooser replica={replica} isOn={isOn} />
    </div>
  );
}

/** What a replica can do without being told more. */
const behaviours = behaviourCatalogue.filter(
  ({ of, name, options }) =>
    of === 'replica' && name !== 'twin' && !options.some((option) => option.required),
);

function BehaviourChooser({ replica, isOn }: Pick<ReplicaRowProps, 'replica' | 'isOn'>): ReactNode {
  const commands = useLiveCommands();
  const { replica: id, behaviour } = replica;
  const now = behaviour?.behaviour ?? '';
  return (
    <select
      aria-label={`Behaviour of replica ${id}`}
      disabled={!isOn}
      data-byzantine={now !== ''}
      value={now}
      onChange={({ target }) =>
        void commands.byzantine(id, target.value === '' ? undefined : target.value)
      }
    >
      <option value="">correct</option>
      {behaviours.map(({ name, words }) => (
        <option key={name} value={name} title={words}>
          {name.replaceAll('-', ' ')}
        </option>
      ))}
    </select>
  );
}
