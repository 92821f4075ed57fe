import { useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';

import type { Selection } from '#lab/lab-state.ts';
import { useClusterShape } from '#ui/cluster-shape.ts';
import { useChronicle, useCommands, useEventsNow, useLab, useWholeLab } from '#ui/lab-context.ts';
import { walked } from '#ui/picture/arrow-walk.ts';
import type { Chronicle } from '#ui/picture/chronicle.ts';
import { lanesOf, type Lanes } from '#ui/picture/space-time.ts';
import { lastSequence, shareOf, swimlaneOf, type Swimlane } from '#ui/picture/swimlane.ts';
import { useMoving } from '#ui/use-moving.ts';
import { useSize } from '#ui/use-size.ts';

import { LaneLabels } from './lane-labels.tsx';
import { SwimlaneColumnArrows, type ColumnPlace } from './swimlane-column.tsx';

import styles from './swimlane-view.module.css';

const labelsWidth = 56;
const headHeight = 20;

/** The figure of the paper for one sequence number: a column for each phase, a lane for each process. */
export function SwimlaneView(): ReactNode {
  const [box, { width, height }] = useSize<HTMLDivElement>();
  const swimlane = useSwimlane();
  const { reachable, walk } = useWalk(swimlane);
  const nowMs = useInstant();
  const lanes = useLanes(height);
  const columnWidth = Math.max(1, (width - labelsWidth) / swimlane.columns.length);
  const playheads = useRef<SVGGElement>(null);
  useMoving((state) => {
    for (const [i, line] of [...(playheads.current?.children ?? [])].entries()) {
      const column = swimlane.columns[i];
      if (column === undefined) continue;
      const isIn = column.fromMs <= state.nowMs && state.nowMs <= column.toMs;
      line.setAttribute('visibility', isIn ? 'visible' : 'hidden');
      line.setAttribute(
        'transform',
        `translate(${xIn(placeOf(i, columnWidth), shareOf(column, state.nowMs)).toFixed(1)} 0)`,
      );
    }
  });
  return (
    <div className={styles['diagram']} ref={box} data-testid="swimlane" data-picture="diagram">
      <LaneLabels lanes={lanes} />
      <SequenceChooser swimlane={swimlane} />
      <svg className={styles['canvas']} width={width} height={height}>
        <title>{titleOf(swimlane)}</title>
        {lanes.processes.map((process) => (
          <line
            key={process}
            className={styles['lane']}
            x1={labelsWidth}
            x2={width}
            y1={lanes.y(process)}
            y2={lanes.y(process)}
          />
        ))}
        <g {...group} onKeyDown={walk}>
          {swimlane.columns.map((column, i) => (
            <SwimlaneColumnArrows
              key={column.phase}
              {...{ column, lanes, nowMs, height, reachable }}
              place={placeOf(i, columnWidth)}
              title={
                column.phase === 'pre-prepare' && swimlane.takenOver ? 'new-view' : column.phase
              }
              executions={column.phase === 'commit' ? swimlane.executions : []}
            />
          ))}
        </g>
        <g ref={playheads} className={styles['playhead']}>
          {swimlane.columns.map(({ phase }) => (
            <line key={phase} y1={headHeight} y2={height} visibility="hidden" />
          ))}
        </g>
      </svg>
    </div>
  );
}

/** The lanes below the heads of the columns. */
function useLanes(height: number): Lanes {
  const { replicas, clients } = useClusterShape();
  const { twins } = useChronicle();
  return useMemo(() => {
    const below = lanesOf(replicas, clients, Math.max(0, height - headHeight), twins);
    return {
      ...below,
      y: (process: Parameters<typeof below.y>[0]) => headHeight + below.y(process),
    };
  }, [replicas, clients, height, twins]);
}

/** SVG has no element for a group of controls. */
const group = { role: 'group', 'aria-label': 'Messages of the phases' } as const;

/** Arrow keys go from the message that has the focus to the one sent after or before it. */
function useWalk({ columns }: Swimlane): {
  readonly reachable: number | undefined;
  readonly walk: (event: KeyboardEvent<SVGGElement>) => void;
} {
  const arrows = columns.flatMap((column) => column.arrows);
  const [reached, setReached] = useState<number | undefined>(undefined);
  const isHere = arrows.some(({ message }) => message === reached);
  return {
    reachable: isHere ? reached : walked(arrows, undefined, 'Home')?.message,
    walk: (event) => {
      const held = event.target instanceof Element ? event.target.getAttribute('data-message') : '';
      const next = walked(arrows, Number(held), event.key);
      if (next === undefined) return;
      event.preventDefault();
      setReached(next.message);
      const element = event.currentTarget.querySelector(`[data-message="${next.message}"]`);
      if (element instanceof SVGElement) element.focus();
    },
  };
}

function placeOf(i: number, width: number): ColumnPlace {
  return { x: labelsWidth + i * width, width };
}

function xIn({ x, width }: ColumnPlace, share: number): number {
  return x + width * (0.06 + 0.84 * share);
}

function titleOf({ sequence, view }: Swimlane): string {
  return sequence === 0
    ? 'Nothing has been proposed yet'
    : `Sequence ${sequence} in view ${view}: request, pre-prepare, prepare, commit, reply`;
}

/** The instant of the last event at the playhead: the figure changes with events, its playhead moves in between. */
function useInstant(): number {
  const { store } = useWholeLab();
  useEventsNow();
  return store.getState().nowMs;
}

function useSwimlane(): Swimlane {
  const chronicle = useChronicle();
  const nowMs = useInstant();
  const selection = useLab((state) => state.selection);
  const [shown, setShown] = useState<number | undefined>(undefined);
  const chosen = sequenceOf(selection, chronicle, shown);
  if (chosen !== shown) setShown(chosen);
  return swimlaneOf(chronicle, chosen ?? lastSequence(chronicle, nowMs), nowMs);
}

/** The sequence number of what is selected; a request or reply has none, and stays in the figure it was selected in. */
function sequenceOf(
  selection: Selection,
  chronicle: Chronicle,
  shown: number | undefined,
): number | undefined {
  if (selection?.kind === 'slot') return selection.sequence;
  if (selection?.kind !== 'message') return undefined;
  return chronicle.arrowOf(selection.message)?.header.sequence ?? shown;
}

function SequenceChooser({
  swimlane: { sequence, view },
}: {
  readonly swimlane: Swimlane;
}): ReactNode {
  const commands = useCommands();
  const choose = (next: number): void => commands.select({ kind: 'slot', sequence: next });
  return (
    <p className={styles['chooser']}>
      <button
        aria-label="The sequence number before"
        disabled={sequence <= 1}
        onClick={() => choose(sequence - 1)}
      >
        ‹
      </button>
      <span>{sequence === 0 ? 'nothing proposed yet' : `n = ${sequence}, view ${view}`}</span>
      <button aria-label="The next sequence number" onClick={() => choose(sequence + 1)}>
        ›
      </button>
    </p>
  );
}
