import type { ReactNode } from 'react';

import type { Inspection } from '#core/replica/inspection.ts';
import { useClusterShape } from '#ui/cluster-shape.ts';
import { useCommands, useInspections, useLab, usePicture } from '#ui/lab-context.ts';
import { processKey, shortName } from '#ui/picture/process-name.ts';
import type { ProcessPicture } from '#ui/picture/process-picture.ts';
import { useProcesses } from '#ui/use-processes.ts';

import { VerdictPanel } from './verdict-panel.tsx';

import cluster from './cluster-inspector.module.css';
import styles from './inspector.module.css';

/** Nothing is selected: what this run is about, and what everybody waits for. */
export function ClusterInspector(): ReactNode {
  const about = useLab((state) => state.scenario?.about ?? '');
  const title = useLab(
    (state) =>
      state.scenarios.find(({ name }) => name === state.scenarioName)?.title ?? state.scenarioName,
  );
  const inspections = useInspections();
  const { quorums } = useClusterShape();
  const processes = useProcesses();
  const commands = useCommands();
  const picture = usePicture();
  const isUnsafe = useLab((state) => state.verdict?.safe === false);
  const { n, f, quorum, weak } = quorums;
  return (
    <>
      <div className={styles['head']}>
        <h2>{title === '' ? 'A cluster' : title}</h2>
      </div>
      <div className={styles['panel']}>
        {about === '' ? null : <p className={cluster['about']}>{about}</p>}
        <p className={cluster['sizes']}>
          {n === 1 ? 'One replica tolerates' : `${n} replicas tolerate`}{' '}
          {f === 0 ? 'no Byzantine fault' : `${f} Byzantine`}. A quorum is {quorum}; a client trusts{' '}
          {weak} equal {weak === 1 ? 'reply' : 'replies'}.
        </p>
        {isUnsafe ? <Findings /> : null}
        <h3>Why is everyone waiting?</h3>
        <ul className={styles['list']}>
          {processes.map((process) => (
            <li key={processKey(process)}>
              <button
                data-quiet
                className={cluster['row']}
                onClick={() => commands.select({ kind: 'process', process })}
              >
                <strong>{shortName(process)}</strong>
                <span>
                  {reasonOf(
                    picture.processes.get(processKey(process)),
                    inspections[processKey(process)],
                  )}
                </span>
              </button>
            </li>
          ))}
        </ul>
        {isUnsafe ? null : <Findings />}
      </div>
    </>
  );
}

function Findings(): ReactNode {
  return (
    <>
      <h3>Verdict</h3>
      <VerdictPanel />
    </>
  );
}

function reasonOf(process: ProcessPicture | undefined, inspection: Inspection | undefined): string {
  if (process?.life === 'crashed') return 'crashed: waits to be restarted';
  if (process?.life === 'failed') return 'stopped: see the event that says why';
  if (process?.life === 'paused') return 'paused';
  return inspection?.waiting[0]?.text ?? 'for the next message';
}
