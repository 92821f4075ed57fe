import { useMemo, useRef, type ReactNode } from 'react';

import type { ClientInspection } from '#core/replica/inspection.ts';
import { useClusterShape } from '#ui/cluster-shape.ts';
import { useCalmEventsNow, useLab } from '#ui/lab-context.ts';
import { Linked } from '#ui/linked.tsx';
import {
  resultGroups,
  retransmissionOf,
  unlinearizableIn,
  type Retransmission,
} from '#ui/picture/client-history.ts';
import { formatTime } from '#ui/picture/timeline-scale.ts';
import { ThresholdBar } from '#ui/threshold-bar.tsx';
import { useMoving } from '#ui/use-moving.ts';
import { listed } from '#ui/words/listed.ts';
import { operationText } from '#ui/words/operation-text.ts';

import client from './client-tab.module.css';
import styles from './inspector.module.css';

interface ClientTabProps {
  readonly inspection: ClientInspection;
}

/** What the client asks for, who has answered what, when it asks again, and what it was told before. */
export function ClientTab({ inspection }: ClientTabProps): ReactNode {
  const { outstanding, queue, history } = inspection;
  return (
    <>
      <h3>Outstanding</h3>
      {outstanding === undefined ? (
        <p className={styles['note']}>Nothing. Send an operation below.</p>
      ) : (
        <>
          <p>
            <code>{operationText(outstanding.operation)}</code>, timestamp {outstanding.timestamp}
          </p>
          <QuorumMeter need={outstanding.need} replies={outstanding.replies} />
          <RetransmissionTimer inspection={inspection} />
        </>
      )}
      {queue.length === 0 ? null : (
        <>
          <h3>Then</h3>
          <ol className={styles['list']}>
            {queue.map((operation, i) => (
              <li key={i}>
                <code>{operationText(operation)}</code>
              </li>
            ))}
          </ol>
        </>
      )}
      <h3>Answered</h3>
      <History history={history} />
    </>
  );
}

interface QuorumMeterProps {
  readonly need: number;
  readonly replies: NonNullable<ClientInspection['outstanding']>['replies'];
}

/** The replies by what they say: f + 1 equal ones are an answer. */
function QuorumMeter({ need, replies }: QuorumMeterProps): ReactNode {
  const { replicas } = useClusterShape();
  const groups = resultGroups(replies);
  const heard = replies.map(({ replica }) => replica);
  const silent = Array.from({ length: replicas }, (_, replica) => replica).filter(
    (replica) => !heard.includes(replica),
  );
  return (
    <div className={client['meter']} data-kind="reply" data-testid="quorum-meter">
      <p>
        needs f + 1 = {need} equal replies, has <strong>{groups[0]?.replicas.length ?? 0}</strong>
      </p>
      {groups.map(({ result, replicas: signers }) => (
        <p key={result} className={client['result']}>
          <ThresholdBar voters={replicas} held={signers.length} needed={need} />
          <code>{result}</code>
          <Replicas ids={signers} />
        </p>
      ))}
      {silent.length === 0 ? null : (
        <p className={client['silent']}>no reply yet from {listed(silent.map((id) => `R${id}`))}</p>
      )}
    </div>
  );
}

function Replicas({ ids }: { readonly ids: readonly number[] }): ReactNode {
  return (
    <span className={client['replicas']}>
      {ids.map((process) => (
        <Linked key={process} to={{ kind: 'process', process }}>
          R{process}
        </Linked>
      ))}
    </span>
  );
}

function RetransmissionTimer({ inspection }: ClientTabProps): ReactNode {
  const trace = useLab((state) => state.trace);
  const events = useCalmEventsNow();
  const timeoutMs = useLab((state) => state.scenario?.protocol.clientTimeoutMs ?? 0);
  const timer = useMemo(
    () => retransmissionOf(inspection, trace.slice(0, events), timeoutMs),
    [inspection, trace, events, timeoutMs],
  );
  return timer === undefined ? null : <RunningTimer timer={timer} />;
}

function RunningTimer({ timer }: { readonly timer: Retransmission }): ReactNode {
  const { ms, dueMs, repeats } = timer;
  const rest = useRef<HTMLElement>(null);
  const words = useRef<HTMLSpanElement>(null);
  useMoving(({ nowMs }) => {
    const leftMs = Math.max(0, dueMs - nowMs);
    if (rest.current !== null) rest.current.style.width = `${Math.round((100 * leftMs) / ms)}%`;
    if (words.current !== null) words.current.textContent = formatTime(leftMs);
  });
  return (
    <div className={client['timer']} data-testid="retransmission">
      <p>
        asks everybody {repeats === 0 ? '' : 'again '}in <span ref={words} />
        {repeats === 0 ? '' : `; has done so ${repeats === 1 ? 'once' : `${repeats} times`}`}
      </p>
      <i>
        <i ref={rest} />
      </i>
    </div>
  );
}

/** What was asked and answered, and whether one service doing one operation after the other could have said so. */
function History({ history }: Pick<ClientInspection, 'history'>): ReactNode {
  const trace = useLab((state) => state.trace);
  const events = useCalmEventsNow();
  const scenario = useLab((state) => state.scenario);
  const told = useMemo(() => trace.slice(0, events), [trace, events]);
  const problem = useMemo(
    () => (scenario === undefined ? undefined : unlinearizableIn(told, scenario)),
    [told, scenario],
  );
  if (history.length === 0) return <p className={styles['note']}>Nothing yet.</p>;
  return (
    <>
      <p className={client['verdict']} data-good={problem === undefined} data-testid="linearizable">
        {problem === undefined
          ? '✓ Linearizable so far: one order explains what all clients were told.'
          : `✕ Not linearizable: ${problem}.`}
      </p>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">no.</th>
            <th scope="col">operation</th>
            <th scope="col">result</th>
            <th scope="col">said by</th>
          </tr>
        </thead>
        <tbody>
          {history.toReversed().map(({ index, operation, result, view, signers }) => (
            <tr key={index}>
              <th scope="row">{index}</th>
              <td>
                <code>{operationText(operation)}</code>
              </td>
              <td>
                <code>{result}</code>
              </td>
              <td title={`in view ${view}`}>
                <Replicas ids={signers} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
