import type { ReactNode } from 'react';

import type { LiveForm } from '#lab/live/live-form.ts';

import { useLive, useLiveCommands } from './live-context.ts';

import styles from './load-form.module.css';

/** The cluster, the load and the disks of a run; begins it and ends it. */
export function LoadForm(): ReactNode {
  const phase = useLive((state) => state.phase);
  const commands = useLiveCommands();
  const isOn = phase === 'starting' || phase === 'running' || phase === 'ending';
  return (
    <form
      className={styles['form']}
      aria-label="Load"
      onSubmit={(event) => {
        event.preventDefault();
        void commands.start();
      }}
    >
      <div className={styles['ends']}>
        <button type="submit" data-primary data-testid="live-start" disabled={isOn}>
          Start
        </button>
        <button
          type="button"
          data-testid="live-stop"
          disabled={!isOn || phase === 'ending'}
          onClick={() => void commands.stop()}
        >
          Stop
        </button>
      </div>
      <fieldset disabled={isOn}>
        <legend>Cluster</legend>
        <Field name="n" words="Replicas" />
        <Field name="batch" words="Batch, at most" />
        <Field name="pipeline" words="Batches at a time" />
        <Field name="interval" words="Checkpoint every" />
        <Field name="seed" words="Seed" />
      </fieldset>
      <fieldset disabled={isOn}>
        <legend>Load</legend>
        <Loop />
        <Field name="clients" words="Clients" />
        <Rate />
        <Field name="operations" words="Operations" hint="until stopped" />
        <Mix />
      </fieldset>
      <fieldset disabled={isOn}>
        <legend>Disks</legend>
        <Disks />
      </fieldset>
    </form>
  );
}

type TextName = Exclude<keyof LiveForm, 'load' | 'storage' | 'durability'>;

interface FieldProps {
  readonly name: TextName;
  readonly words: string;
  readonly hint?: string;
}

function Field({ name, words, hint }: FieldProps): ReactNode {
  const value = useLive((state) => state.form[name]);
  const { change } = useLiveCommands();
  return (
    <label>
      {words}
      <input
        type="text"
        inputMode="decimal"
        autoComplete="off"
        data-testid={`live-${name}`}
        placeholder={hint}
        value={value}
        onChange={({ target }) => change({ [name]: target.value })}
      />
    </label>
  );
}

function Loop(): ReactNode {
  const load = useLive((state) => state.form.load);
  const { change } = useLiveCommands();
  return (
    <label title="Closed: each client has one operation outstanding. Open: so many operations a second, whatever becomes of them.">
      Clients ask
      <select
        data-testid="live-load"
        value={load}
        onChange={({ target }) => change({ load: target.value === 'open' ? 'open' : 'closed' })}
      >
        <option value="closed">when answered</option>
        <option value="open">at a rate</option>
      </select>
    </label>
  );
}

function Rate(): ReactNode {
  const load = useLive((state) => state.form.load);
  return load === 'open' ? <Field name="rate" words="Operations a second" /> : null;
}

function Mix(): ReactNode {
  return (
    <fieldset className={styles['mix']} aria-label="Shares of the operations">
      <Field name="put" words="put" />
      <Field name="get" words="get" />
      <Field name="add" words="add" />
    </fieldset>
  );
}

const engines = [
  { kind: 'indexed-db', words: 'IndexedDB' },
  { kind: 'opfs', words: 'OPFS' },
  { kind: 'memory', words: 'memory' },
] as const;

function Disks(): ReactNode {
  const storage = useLive((state) => state.form.storage);
  const durability = useLive((state) => state.form.durability);
  const { change } = useLiveCommands();
  return (
    <>
      <label>
        Storage
        <select
          data-testid="live-storage"
          value={storage}
          onChange={({ target }) => {
            const chosen = engines.find(({ kind }) => kind === target.value);
            if (chosen !== undefined) change({ storage: chosen.kind });
          }}
        >
          {engines.map(({ kind, words }) => (
            <option key={kind} value={kind}>
              {words}
            </option>
          ))}
        </select>
      </label>
      {storage === 'memory' ? null : (
        <label title="Relaxed survives the end of worker, tab and browser; strict also the loss of power.">
          A commit is
          <select
            data-testid="live-durability"
            value={durability}
            onChange={({ target }) =>
              change({ durability: target.value === 'strict' ? 'strict' : 'relaxed' })
            }
          >
            <option value="relaxed">relaxed</option>
            <option value="strict">strict</option>
          </select>
        </label>
      )}
    </>
  );
}
