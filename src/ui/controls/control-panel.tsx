import { lazy, Suspense, useState, type ReactNode } from 'react';

import { isTwin } from '#core/network/process-order.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import { subject } from '#lab/lab.ts';
import { useCommands, useLab, usePicture } from '#ui/lab-context.ts';
import { processKey, shortName } from '#ui/picture/process-name.ts';
import { useProcesses } from '#ui/use-processes.ts';

import { OperationForm } from './operation-form.tsx';
import type { SheetName } from './sheet-name.ts';

import styles from './control-panel.module.css';

const Sheet = lazy(async () => ({ default: (await import('./sheet.tsx')).Sheet }));

interface ControlPanelProps {
  readonly sheet: SheetName | undefined;
  readonly onSheet: (sheet: SheetName | undefined) => void;
}

/** What a person can do to the cluster: send operations, crash and restart, corrupt, divide. */
export function ControlPanel({ sheet, onSheet }: ControlPanelProps): ReactNode {
  const [target, setTarget] = useTarget();
  const close = (): void => onSheet(undefined);
  return (
    <section className={styles['panel']} aria-label="Controls">
      <Suspense fallback={<p>One moment…</p>}>
        {sheet === undefined ? null : <Sheet name={sheet} process={target} onDone={close} />}
      </Suspense>
      <OperationForm />
      <FaultRow target={target} onTarget={setTarget} sheet={sheet} onSheet={onSheet} />
      <MoreRow target={target} sheet={sheet} onSheet={onSheet} />
    </section>
  );
}

/** The process that deeds are done to: the selected one, or the one chosen here last. */
function useTarget(): readonly [ProcessId, (process: ProcessId) => void] {
  const processes = useProcesses();
  const commands = useCommands();
  const selected = useLab((state) =>
    state.selection?.kind === 'process' ? state.selection.process : undefined,
  );
  const [last, setLast] = useState<ProcessId>(0);
  if (selected !== undefined && selected !== last) setLast(selected);
  return [
    processes.includes(last) ? last : 0,
    (process) => commands.select({ kind: 'process', process }),
  ];
}

interface FaultRowProps extends ControlPanelProps {
  readonly target: ProcessId;
  readonly onTarget: (process: ProcessId) => void;
}

function FaultRow({ target, onTarget, sheet, onSheet }: FaultRowProps): ReactNode {
  const picture = usePicture();
  const commands = useCommands();
  const toggle = (name: SheetName): void => onSheet(sheet === name ? undefined : name);
  return (
    <div className={styles['row']}>
      <TargetSelect target={target} onTarget={onTarget} />
      <CrashButtons target={target} sheet={sheet} onToggle={toggle} />
      <button
        data-testid="byzantine"
        title="Let it lie (B)"
        aria-expanded={sheet === 'byzantine'}
        // A twin is what its replica does wrong; it has no behaviour of its own.
        disabled={isTwin(target)}
        onClick={() => toggle('byzantine')}
      >
        Byzantine…
      </button>
      <button
        data-testid="partition"
        title="Divide the network (P)"
        aria-expanded={sheet === 'partition'}
        onClick={() => toggle('partition')}
      >
        Partition…
      </button>
      {picture.partition === undefined ? null : (
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

interface MoreRowProps extends ControlPanelProps {
  readonly target: ProcessId;
}

/** What is done less often. */
function MoreRow({ target, sheet, onSheet }: MoreRowProps): ReactNode {
  const commands = useCommands();
  const isPaused = usePicture().processes.get(processKey(target))?.life === 'paused';
  const opener = (name: SheetName, words: string, title: string): ReactNode => (
    <button
      data-testid={`open-${name}`}
      title={title}
      aria-expanded={sheet === name}
      onClick={() => onSheet(sheet === name ? undefined : name)}
    >
      {words}
    </button>
  );
  return (
    <div className={styles['row']}>
      <button
        data-testid="suspend"
        title="It lives, and takes no input: a suspended tab"
        onClick={() => void commands.do({ do: isPaused ? 'resume' : 'pause', ...subject(target) })}
      >
        {isPaused ? 'Resume' : 'Suspend'}
      </button>
      <button
        data-testid="timeout"
        title="Its request or view-change timer, whichever runs, fires now"
        disabled={typeof target !== 'number'}
        onClick={() => {
          if (typeof target === 'number') void commands.do({ do: 'timeout', replica: target });
        }}
      >
        Timeout
      </button>
      {opener('send', 'Send…', 'A message written by hand, from a Byzantine replica')}
      {opener('network', 'Network…', 'Latency, loss, one-way cuts')}
      {opener('rules', 'Rules…', 'Leave a rule out, to see why it is there')}
    </div>
  );
}

interface TargetSelectProps {
  readonly target: ProcessId;
  readonly onTarget: (process: ProcessId) => void;
}

function TargetSelect({ target, onTarget }: TargetSelectProps): ReactNode {
  const processes = useProcesses();
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
  readonly sheet: SheetName | undefined;
  readonly onToggle: (name: SheetName) => void;
}

function CrashButtons({ target, sheet, onToggle }: CrashButtonsProps): ReactNode {
  const commands = useCommands();
  const life = usePicture().processes.get(processKey(target))?.life ?? 'up';
  if (life === 'crashed' || life === 'failed') {
    return (
      <span className={styles['split']}>
        <button
          data-testid="restart"
          title="Restart it from its disk (C)"
          onClick={() => void commands.restart(target)}
        >
          Restart
        </button>
        <button
          data-testid="restart-with"
          aria-label="Restart with another disk"
          aria-expanded={sheet === 'restart'}
          onClick={() => onToggle('restart')}
        >
          ▾
        </button>
      </span>
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
        aria-expanded={sheet === 'crash'}
        onClick={() => onToggle('crash')}
      >
        ▾
      </button>
    </span>
  );
}
