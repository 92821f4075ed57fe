import { memo, type ReactNode } from 'react';

import { useLab } from '#ui/lab-context.ts';
import type { Chronicle, Stretch } from '#ui/picture/chronicle.ts';
import { processKey } from '#ui/picture/process-name.ts';
import {
  linesBetween,
  pixelOf,
  segmentOf,
  type Lanes,
  type TimeScale,
} from '#ui/picture/space-time.ts';

import { LaneBands } from './lane-bands.tsx';

import styles from './space-time.module.css';

interface DiagramContentProps {
  readonly chronicle: Chronicle;
  /** Changes when the chronicle has read more. */
  readonly length: number;
  readonly lanes: Lanes;
  readonly scale: TimeScale;
  readonly windowMs: number;
  readonly height: number;
}

/** What the diagram shows between one window before and two windows after its origin. */
export const DiagramContent = memo(function DiagramContent(props: DiagramContentProps): ReactNode {
  const { chronicle, lanes, scale, windowMs, height } = props;
  const fromMs = scale.originMs - windowMs * 0.2;
  const toMs = scale.originMs + windowMs * 2.1;
  const kinds = linesBetween(chronicle, lanes, scale, fromMs, toMs);
  const x = (ms: number): number => pixelOf(scale, Math.min(toMs, Math.max(fromMs, ms)));
  const visible = ({ fromMs: from, toMs: to }: Stretch): boolean =>
    from < toMs && (to ?? Number.POSITIVE_INFINITY) > fromMs;
  return (
    <>
      {chronicle.partitions.filter(visible).map((stretch) => (
        <rect
          key={stretch.fromMs}
          className={styles['partition']}
          x={x(stretch.fromMs)}
          width={x(stretch.toMs ?? toMs) - x(stretch.fromMs)}
          height={height}
        />
      ))}
      {lanes.processes.map((process) => (
        <g key={processKey(process)} transform={`translate(0 ${lanes.y(process)})`}>
          {typeof process === 'number' ? (
            <LaneBands
              bands={chronicle.views.lanes.get(process) ?? []}
              height={lanes.pitch * 0.62}
              {...{ fromMs, toMs, x }}
            />
          ) : null}
          <line className={styles['lane']} x1={x(fromMs)} x2={x(toMs)} />
          {(chronicle.deceits.get(processKey(process)) ?? []).filter(visible).map((stretch) => (
            <line
              key={stretch.fromMs}
              className={styles['deceit']}
              x1={x(stretch.fromMs)}
              x2={x(stretch.toMs ?? toMs)}
            />
          ))}
          {(chronicle.downs.get(processKey(process)) ?? []).filter(visible).map((stretch) => (
            <Down key={stretch.fromMs} from={x(stretch.fromMs)} to={x(stretch.toMs ?? toMs)} />
          ))}
        </g>
      ))}
      {kinds.map(({ kind, lines, dots, lost, mild, open, refused }) => (
        <g key={kind} data-kind={kind} className={styles['kind']}>
          <path className={styles['mild']} d={mild + open} />
          <path className={styles['lines']} d={lines} />
          <path className={styles['dots']} d={dots} />
          <path className={styles['lost']} d={lost} />
          <path className={styles['refused']} d={refused} />
        </g>
      ))}
      <Executions {...props} fromMs={fromMs} toMs={toMs} />
      <Lit {...props} />
    </>
  );
});

function Down({ from, to }: { readonly from: number; readonly to: number }): ReactNode {
  return (
    <g className={styles['down']}>
      <rect x={from} y={-4} width={Math.max(2, to - from)} height={8} />
      <path d={`M${from - 5},-5l10,10m-10,0l10,-10`} />
    </g>
  );
}

interface ExecutionsProps extends DiagramContentProps {
  readonly fromMs: number;
  readonly toMs: number;
}

function Executions({ chronicle, lanes, scale, fromMs, toMs }: ExecutionsProps): ReactNode {
  const shown = chronicle.executions.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs);
  return (
    <g className={styles['executions']}>
      {shown.map(({ event, process, atMs, sequence }) => (
        <rect
          key={event}
          x={pixelOf(scale, atMs) - 3.5}
          y={lanes.y(process) - 3.5}
          width={7}
          height={7}
        >
          <title>{`sequence ${sequence} executed`}</title>
        </rect>
      ))}
    </g>
  );
}

function Lit({ chronicle, lanes, scale }: DiagramContentProps): ReactNode {
  const selection = useLab((state) => state.selection);
  const hovered = useLab((state) => state.hovered);
  return [selection, hovered].map((lit, i) => {
    const arrow = lit?.kind === 'message' ? chronicle.arrowOf(lit.message) : undefined;
    if (arrow === undefined) return null;
    const { x1, y1, x2, y2 } = segmentOf(arrow, lanes, scale);
    return <line key={i} className={styles['lit']} x1={x1} y1={y1} x2={x2} y2={y2} />;
  });
}
