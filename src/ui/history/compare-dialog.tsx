import { useMemo, useState, type ReactNode } from 'react';

import type { TraceEvent } from '#core/network/trace-event.ts';
import { partingOf, type Parting } from '#lab/branch.ts';
import { Dialog, DialogEnds } from '#ui/frame/dialog.tsx';
import { useCommands, useLab } from '#ui/lab-context.ts';
import { formatTime } from '#ui/picture/timeline-scale.ts';
import { sentence } from '#ui/words/sentence.ts';

import styles from './history.module.css';

interface CompareDialogProps {
  readonly onClose: () => void;
}

/** How many events of each history are shown from the place at which they part. */
const shownMax = 12;

/** Two histories side by side: what they share, and what each of them does after it. */
export function CompareDialog({ onClose }: CompareDialogProps): ReactNode {
  const branch = useLab((state) => state.branch);
  const branches = useLab((state) => state.branches);
  const trace = useLab((state) => state.trace);
  const length = useLab((state) => state.traceLength);
  const [chosen, setChosen] = useState(branches.at(-1)?.id ?? '');
  const other = branches.find(({ id }) => id === chosen) ?? branches.at(-1);
  const parting = useMemo(
    () => (other === undefined ? undefined : partingOf(trace.slice(0, length), other.trace)),
    [trace, length, other],
  );
  if (other === undefined) return null;
  const index = parting?.index ?? length;
  return (
    <Dialog title="Two histories" testId="compare-dialog" width="wide" onClose={onClose}>
      <p data-testid="parting">
        {parting === undefined
          ? 'They are equal, event for event.'
          : `They are equal for ${index} events, until ${formatTime(parting.atMs)}.`}
      </p>
      <div className={styles['columns']}>
        <section>
          <h3>{branch} (on show)</h3>
          <Continuation trace={trace} from={index} />
        </section>
        <section>
          <h3>
            <select
              aria-label="The other history"
              value={other.id}
              onChange={(event) => setChosen(event.target.value)}
            >
              {branches.map(({ id }) => (
                <option key={id}>{id}</option>
              ))}
            </select>
          </h3>
          <Continuation trace={other.trace} from={index} />
        </section>
      </div>
      <Ends parting={parting} onClose={onClose} />
    </Dialog>
  );
}

interface EndsProps extends CompareDialogProps {
  readonly parting: Parting | undefined;
}

function Ends({ parting, onClose }: EndsProps): ReactNode {
  const commands = useCommands();
  return (
    <DialogEnds>
      {parting === undefined ? null : (
        <button
          data-quiet
          onClick={() => {
            commands.seek(parting.atMs);
            onClose();
          }}
        >
          Go to where they part
        </button>
      )}
      <button data-primary onClick={onClose}>
        Close
      </button>
    </DialogEnds>
  );
}

interface ContinuationProps {
  readonly trace: readonly TraceEvent[];
  readonly from: number;
}

function Continuation({ trace, from }: ContinuationProps): ReactNode {
  const events = trace.slice(from, from + shownMax);
  if (events.length === 0) return <p>Nothing more has happened.</p>;
  return (
    <ol>
      {events.map((event, i) => (
        <li key={event.id} data-first={i === 0 ? '' : undefined}>
          <time>{formatTime(event.atMs)}</time> {sentence(event)}
        </li>
      ))}
    </ol>
  );
}
