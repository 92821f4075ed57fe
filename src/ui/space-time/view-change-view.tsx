import { useMemo, useState, type ReactNode } from 'react';

import { useClusterShape } from '#ui/cluster-shape.ts';
import { useCalmEventsNow, useLab } from '#ui/lab-context.ts';
import { Linked } from '#ui/linked.tsx';
import {
  viewChangeStory,
  viewsAsked,
  type ViewChangeStory,
  type ViewChangeVote,
} from '#ui/picture/view-change-story.ts';
import { causeWords, entrySentence, namesOf } from '#ui/words/order-sentence.ts';
import { shortDigest } from '#ui/words/sentence.ts';

import { OrderSteps } from './order-steps.tsx';

import styles from './view-change-view.module.css';

/** A change of views as data: what each VIEW-CHANGE carries, how O follows from it, and who has checked that. */
export function ViewChangeView(): ReactNode {
  const trace = useLab((state) => state.trace);
  const events = useCalmEventsNow();
  const { replicas, quorums } = useClusterShape();
  const [chosen, setChosen] = useState<number | undefined>(undefined);
  const reader = useLab((state) =>
    state.selection?.kind === 'process' && typeof state.selection.process === 'number'
      ? state.selection.process
      : undefined,
  );
  const told = useMemo(() => trace.slice(0, events), [trace, events]);
  const views = useMemo(() => viewsAsked(told), [told]);
  const view = chosen !== undefined && views.includes(chosen) ? chosen : views.at(-1);
  const story = useMemo(
    () => (view === undefined ? undefined : viewChangeStory(told, replicas, view, reader)),
    [told, replicas, view, reader],
  );
  return (
    <div className={styles['frame']} data-testid="view-change" {...scrollable}>
      {story === undefined ? (
        <p className={styles['empty']}>
          Nobody has asked for another view. Crash the primary, or let a timer run out: then every
          VIEW-CHANGE, and how the new primary computes its O from them, is shown here.
        </p>
      ) : (
        <>
          <ViewChooser views={views} shown={story} onShow={setChosen} />
          <div className={styles['columns']}>
            <Votes story={story} quorum={quorums.quorum} />
            <OrderSteps story={story} />
            <Entries story={story} />
          </div>
        </>
      )}
    </div>
  );
}

/** What scrolls can be reached by the keyboard. */
const scrollable = { tabIndex: 0, role: 'group', 'aria-label': 'The change of views' } as const;

interface ViewChooserProps {
  readonly views: readonly number[];
  readonly shown: ViewChangeStory;
  readonly onShow: (view: number) => void;
}

function ViewChooser({ views, shown, onShow }: ViewChooserProps): ReactNode {
  return (
    <p className={styles['chooser']}>
      {views.map((view) => (
        <button key={view} aria-pressed={view === shown.view} onClick={() => onShow(view)}>
          to view {view}
        </button>
      ))}
      <span>
        primary <strong>R{shown.primary}</strong> = {shown.view} mod n
      </span>
    </p>
  );
}

interface VotesProps {
  readonly story: ViewChangeStory;
  readonly quorum: number;
}

function Votes({ story: { votes, view, order }, quorum }: VotesProps): ReactNode {
  return (
    <section aria-label="VIEW-CHANGE messages">
      <h2>
        1 · VIEW-CHANGE for view {view}: {votes.filter(isHeard).length} heard, Q = {quorum}
      </h2>
      <table className={styles['votes']}>
        <thead>
          <tr>
            <th scope="col">from</th>
            <th scope="col">h</th>
            <th scope="col">P: what prepared there</th>
          </tr>
        </thead>
        <tbody>
          {votes.map((vote) => (
            <Vote key={vote.replica} vote={vote} known={order !== undefined} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function isHeard({ isInV, countedBy }: ViewChangeVote): boolean {
  return isInV || countedBy.length > 0;
}

interface VoteProps {
  readonly vote: ViewChangeVote;
  /** Whether V is known. */
  readonly known: boolean;
}

function Vote({ vote, known }: VoteProps): ReactNode {
  const { replica, event, stable, prepared, isInV, countedBy } = vote;
  const outside = isHeard(vote) ? 'not in V' : 'heard by nobody';
  const counted = countedBy.length === 0 ? 'heard by nobody' : `counted by ${namesOf(countedBy)}`;
  return (
    <tr data-out={known && !isInV}>
      <th scope="row">
        <Linked to={{ kind: 'event', event }} title={counted}>
          R{replica}
        </Linked>
      </th>
      <td>{stable}</td>
      <td>
        {prepared.map(({ sequence, view, digest }) => (
          <Linked key={sequence} to={{ kind: 'slot', sequence }} className={styles['certificate']}>
            n {sequence} <code>{shortDigest(digest)}</code> v{view}
          </Linked>
        ))}
        {prepared.length === 0 ? 'nothing' : null}{' '}
        <small>
          {causeWords(vote)}
          {`, ${known ? (isInV ? 'in V' : outside) : counted}`}
        </small>
      </td>
    </tr>
  );
}

function Entries({ story: { entries, view } }: { readonly story: ViewChangeStory }): ReactNode {
  return (
    <section aria-label="Verdicts of the replicas">
      <h2>3 · Who checks it, and enters</h2>
      <ul className={styles['entries']}>
        {entries.map((entry) => (
          <li key={entry.replica} data-state={entry.state}>
            <Linked
              to={
                entry.event === undefined
                  ? { kind: 'process', process: entry.replica }
                  : { kind: 'event', event: entry.event }
              }
            >
              <strong>R{entry.replica}</strong> <span>{entrySentence(entry, view)}</span>
            </Linked>
          </li>
        ))}
      </ul>
    </section>
  );
}
