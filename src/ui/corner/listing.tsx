import { type ReactNode, useEffect, useRef } from 'react';

import { inked } from './inked.ts';

import styles from './listing.module.css';

interface ListingProps {
  readonly label: string;
  readonly text: string;
  /** Lines at which somebody waits: who. */
  readonly marks: ReadonlyMap<number, readonly string[]>;
  /** The line that is looked at. */
  readonly here: number | undefined;
}

/** A program with a mark at every line where a workflow waits; it scrolls to the one that is looked at. */
export function Listing({ label, text, marks, here }: ListingProps): ReactNode {
  return (
    <pre className={styles['listing']} aria-label={label} {...scrollable}>
      {text
        .trimEnd()
        .split('\n')
        .map((content, i) => (
          <Line
            key={i}
            number={i + 1}
            content={content}
            waiting={marks.get(i + 1)}
            isHere={i + 1 === here}
          />
        ))}
    </pre>
  );
}

interface LineProps {
  readonly number: number;
  readonly content: string;
  readonly waiting: readonly string[] | undefined;
  readonly isHere: boolean;
}

function Line({ number, content, waiting, isHere }: LineProps): ReactNode {
  const ref = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (isHere && ref.current !== null) bringIntoSight(ref.current);
  }, [isHere]);
  return (
    <span
      ref={ref}
      data-line={number}
      data-waiting={waiting === undefined ? undefined : true}
      data-here={isHere ? true : undefined}
      title={waiting === undefined ? undefined : `${waiting.join(' and ')} waits here`}
    >
      <i>{waiting === undefined ? number : '●'}</i>
      {inked(content).map(({ text, ink }, i) => (
        <span key={i} data-ink={ink}>
          {text}
        </span>
      ))}
      {'\n'}
    </span>
  );
}

/** Scrolls the listing, which its lines are positioned in, and nothing around it. */
function bringIntoSight(line: HTMLElement): void {
  const listing = line.closest('pre');
  if (listing === null) return;
  const top = line.offsetTop;
  const isInSight =
    top >= listing.scrollTop && top + line.offsetHeight <= listing.scrollTop + listing.clientHeight;
  if (!isInSight) listing.scrollTop = top - listing.clientHeight / 3;
}

/** What scrolls can be reached by the keyboard. */
const scrollable = { tabIndex: 0, role: 'region' } as const;
