import type { ReactNode } from 'react';

import type { ClientInspection } from '#core/replica/inspection.ts';
import { operationText } from '#ui/words/operation-text.ts';

import meter from './client-tab.module.css';
import styles from './inspector.module.css';

interface ClientTabProps {
  readonly inspection: ClientInspection;
}

/** What the client asks for, how many equal answers it has, and what it was told before. */
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
      {history.length === 0 ? <p className={styles['note']}>Nothing yet.</p> : null}
      <table className={styles['table']}>
        <tbody>
          {history.toReversed().map(({ index, operation, result }) => (
            <tr key={index}>
              <th scope="row">{index}</th>
              <td>
                <code>{operationText(operation)}</code>
              </td>
              <td>
                <code>{result}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

interface QuorumMeterProps {
  readonly need: number;
  readonly replies: readonly { readonly replica: number; readonly result: string }[];
}

function QuorumMeter({ need, replies }: QuorumMeterProps): ReactNode {
  return (
    <div className={meter['meter']} data-kind="reply">
      <meter min={0} max={need} value={Math.min(need, replies.length)} aria-label="Equal replies" />
      <span>
        {replies.length} of f + 1 = {need}
      </span>
      <ul>
        {replies.map(({ replica, result }) => (
          <li key={replica}>
            R{replica}: <code>{result}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}
