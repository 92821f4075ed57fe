import { useState, type ReactNode } from 'react';

import type { ProcessId } from '#core/pbft/message.ts';
import { useClusterShape } from '#ui/cluster-shape.ts';
import { useCommands, useLab, usePicture } from '#ui/lab-context.ts';
import { processesOf, processKey, shortName } from '#ui/picture/process-name.ts';

import { ByzantineSheet } from './byzantine-sheet.tsx';
import { CrashSheet } from './crash-sheet.tsx';
import { OperationForm } from './operation-form.tsx';
import { PartitionSheet } from './partition-sheet.tsx';

import styles from './control-panel.module.css';

/** A form that opens above the controls. */
export type Sheet = 'crash' | 'byzantine' | 'partition';

interface ControlPanelProps {
  readonly sheet: Sheet | undefined;
  readonly onSheet: (sheet: Sheet | undefined) => void;
}

/** What a person can do to the cluster: send operations, crash and restart, corrupt, divide. */
export function ControlPanel({ sheet, onSheet }: ControlPanelProps): ReactNode {
  const [target, setTarget] = useTarget();
  const close = (): void => onSheet(undefined);
  return (
    <section className={styles['panel']} aria-label="Controls">
      {sheet === 'crash' ? <CrashSheet process={target} onDone={close} /> : null}
      {sheet === 'byzantine' ? (
        <ByzantineSheet key={processKey(target)} process={target} onDone={close} />
      ) : null}
      {sheet === 'partition' ? <PartitionSheet onDone={close} /> : null}
      <OperationForm />
      <FaultRow target={target} onTarget={setTarget} sheet={sheet} onSheet={onSheet} />
    </section>
  );
}

/** The process that deeds are done to: the selected one, or the one chosen here last. */
function useTarget(): readonly [ProcessId, (process: ProcessId) => void] {
  const { replicas, clients } = useClusterShape();
  const commands = useCommands();
  const selected = useLab((state) =>
    state.selection?.kind === 'process' ? state.selection.process : undefined,
  );
  const [last, setLast] = useState<ProcessId>(0);
  if (selected !== undefined && selected !== last) setLast(selected);
  const exists = processesOf(replicas, clients).includes(last);
  return [exists ? last : 0, (process) => commands.select({ kind: 'process', process })];
}

interface FaultRowProps extends ControlPanelProps {
  readonly target: ProcessId;
  readonly onTarget: (process: ProcessId) => void;
}

function FaultRow({ target, onTarget, sheet, onSheet }: FaultRowProps): ReactNode {
  const picture = usePicture();
  const commands = useCommands();
  const toggle = (name: Sheet): void => onSheet(sheet === name ? undefined : name);
  return (
    <div className={styles['row']}>
      <TargetSelect target={target} onTarget={onTarget} />
      <CrashButtons target={target} open={sheet === 'crash'} onOpen={() => toggle('crash')} />
      <button
        data-testid="byzantine"
        title="Let it lie (B)"
        aria-expanded={sheet === 'byzantine'}
        onClick={() => toggle('byzantine')}
      >
        Byzantine…
      </button>
      {picture.partition === undefined ? (
        <button
          data-testid="partition"
          title="Divide the network (P)"
          aria-expanded={sheet === 'partition'}
          onClick={() => toggle('partition')}
        >
          Partition…
        </button>
      ) : (
        <button
          data-testid="heal"
          title="Make the network whole again"
          onClick={() => void commands.heal()}
        >
          Heal
        </button>
      )}
    </div>
  );
}

interface TargetSelectProps {
  readonly target: ProcessId;
  readonly onTarget: (process: ProcessId) => void;
}

function TargetSelect({ target, onTarget }: TargetSelectProps): ReactNode {
  const { replicas, clients } = useClusterShape();
  const processes = processesOf(replicas, clients);
  return (
    <select
      aria-label="Process"
      value={processKey(target)}
      onChange={(event) => {
        const chosen = processes.find((process) => processKey(process) === event.target.value);
        if (chosen !== undefined) onTarget(chosen);
      }}
    >
      {processes.map((process) => (
        <option key={processKey(process)} value={processKey(process)}>
          {shortName(process)}
        </option>
      ))}
    </select>
  );
}

interface CrashButtonsProps {
  readonly target: ProcessId;
  readonly open: boolean;
  readonly onOpen: () => void;
}

function CrashButtons({ target, open, onOpen }: CrashButtonsProps): ReactNode {
  const commands = useCommands();
  const life = usePicture().processes.get(processKey(target))?.life ?? 'up';
  if (life === 'crashed' || life === 'failed') {
    return (
      <button
        data-testid="restart"
        title="Restart it from its disk (C)"
        onClick={() => void commands.restart(target)}
      >
        Restart
      </button>
    );
  }
  return (
    <span className={styles['split']}>
      <button
        data-danger
        data-testid="crash"
        title="Terminate its worker now (C)"
        onClick={() => void commands.crash(target)}
      >
        Crash
      </button>
      <button
        data-danger
        aria-label="Crash at a chosen point"
        aria-expanded={open}
        onClick={onOpen}
      >
        ▾
      </button>
    </span>
  );
}
