import { useMemo, useRef, type ReactNode } from 'react';

import { useClusterShape } from '#ui/cluster-shape.ts';
import { useChronicle, useCommands, useEventsNow, useLab, useWholeLab } from '#ui/lab-context.ts';
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
        {swimlane.columns.map((column, i) => (
          <SwimlaneColumnArrows
            key={column.phase}
            {...{ column, lanes, nowMs, height }}
            place={placeOf(i, columnWidth)}
            title={column.phase === 'pre-prepare' && swimlane.takenOver ? 'new-view' : column.phase}
            executions={column.phase === 'commit' ? swimlane.executions : []}
          />
        ))}
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
  const chosen = useLab((state) =>
    state.selection?.kind === 'slot' ? state.selection.sequence : undefined,
  );
  return swimlaneOf(chronicle, chosen ?? lastSequence(chronicle, nowMs), nowMs);
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
