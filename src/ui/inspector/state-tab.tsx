import type { ReactNode } from 'react';

import type { ReplicaInspection } from '#core/replica/inspection.ts';
import { formatTime } from '#ui/picture/timeline-scale.ts';
import { operationText } from '#ui/words/operation-text.ts';
import { shortDigest } from '#ui/words/sentence.ts';

import { Facts } from './facts.tsx';

import styles from './inspector.module.css';

interface StateTabProps {
  readonly inspection: ReplicaInspection;
}

/** The replica's state: where it stands, the service, the client table, checkpoints, evidence. */
export function StateTab({ inspection }: StateTabProps): ReactNode {
  const { state, clientTable, pending, checkpoints, evidence } = inspection;
  return (
    <>
      <Facts
        facts={[
          ['status', inspection.status.replaceAll('-', ' ')],
          ['view', `${inspection.view}, primary R${inspection.primary}`],
          ['executed', `${inspection.executed}, last sequence ${inspection.lastExecuted}`],
          ['watermarks', `above ${inspection.lowWatermark}, up to ${inspection.highWatermark}`],
          ['state digest', shortDigest(inspection.stateDigest)],
          ['incarnation', String(inspection.incarnation)],
          ['timer', timerWords(inspection.timer)],
        ]}
      />
      <Rows title="Service state" empty="empty" rows={state} />
      <Rows
        title="Client table"
        empty="no client has been answered"
        rows={clientTable.map(({ client, timestamp, result }) => [
          `c${client}`,
          `t ${timestamp} → ${result}`,
        ])}
      />
      <Rows
        title="Waiting to be ordered"
        empty="nothing"
        rows={pending.map(({ client, operation }) => [`c${client}`, operationText(operation)])}
      />
      <Rows
        title="Checkpoints"
        empty="none yet"
        rows={checkpoints.map(({ sequence, digest, signers, stable }) => [
          `${sequence}${stable ? ', stable' : ''}`,
          `${shortDigest(digest)} by ${signers.map((signer) => `R${signer}`).join(', ')}`,
        ])}
      />
      {evidence.length === 0 ? null : (
        <Rows
          title="Evidence"
          empty=""
          rows={evidence.map(({ culprit, kind, sequence, digests }) => [
            `R${culprit}`,
            kind === 'concealment'
              ? `a VIEW-CHANGE that hides its COMMIT at ${sequence}`
              : `two ${kind.toUpperCase()}s at ${sequence}: ${digests.map(shortDigest).join(' and ')}`,
          ])}
        />
      )}
    </>
  );
}

/** The one timer of a replica, in words. */
function timerWords(timer: ReplicaInspection['timer']): string {
  if (timer === undefined) return 'none runs';
  const about = timer.timer === 'request' ? 'for a request' : 'for the change of views';
  return `${about}, ${timer.ms} ms long, expires at ${formatTime(timer.dueMs)}`;
}

interface RowsProps {
  readonly title: string;
  readonly empty: string;
  readonly rows: readonly (readonly [string, string])[];
}

function Rows({ title, empty, rows }: RowsProps): ReactNode {
  return (
    <>
      <h3>{title}</h3>
      {rows.length === 0 ? <p className={styles['note']}>{empty}</p> : null}
      <table className={styles['table']}>
        <tbody>
          {rows.map(([name, value], i) => (
            <tr key={`${name} ${i}`}>
              <th scope="row">{name}</th>
              <td>
                <code>{value}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
