import { useRef, type ReactNode } from 'react';

import { useChronicle, useCommands, useLab } from '#ui/lab-context.ts';
import type { Mark, Stretch } from '#ui/picture/chronicle.ts';
import { shortName } from '#ui/picture/process-name.ts';
import { formatTime, thinned, timelineEndMs } from '#ui/picture/timeline-scale.ts';
import { viewHue, type ViewBand } from '#ui/picture/view-bands.ts';
import { useMoving } from '#ui/use-moving.ts';
import { useSize } from '#ui/use-size.ts';

import styles from './timeline.module.css';

/** The whole run, painted with its history; the playhead can be put anywhere up to the live edge. */
export function Timeline(): ReactNode {
  const [box, { width }] = useSize<HTMLDivElement>();
  const endMs = useLab((state) => timelineEndMs(state.edgeMs));
  const edgeMs = useLab((state) => Math.round(state.edgeMs));
  const commands = useCommands();
  const chronicle = useChronicle();
  const x = (ms: number): number => (ms / endMs) * width;
  const playhead = useRef<SVGGElement>(null);
  const input = useRef<HTMLInputElement>(null);
  useMoving(({ nowMs, playing }) => {
    playhead.current?.setAttribute('transform', `translate(${x(nowMs).toFixed(1)} 0)`);
    const field = input.current;
    if (field === null || (playing && Math.abs(Number(field.value) - nowMs) < endMs / 50)) return;
    field.value = String(nowMs);
    field.setAttribute('aria-valuetext', formatTime(nowMs));
  });
  const stretch = ({ fromMs, toMs }: Stretch, name: string): ReactNode => (
    <rect
      key={`${name} ${fromMs}`}
      className={styles[name]}
      x={x(fromMs)}
      y={8}
      width={Math.max(1, x(toMs ?? edgeMs) - x(fromMs))}
      height={24}
    />
  );
  return (
    <div className={styles['timeline']} ref={box}>
      <svg width={width} height={40} aria-hidden="true">
        <rect className={styles['track']} y={8} width={width} height={24} rx={4} />
        <TimelineBands bands={chronicle.views.cluster} {...{ x, edgeMs }} />
        {chronicle.partitions.map((partition) => stretch(partition, 'partition'))}
        {[...chronicle.downs.values()].flat().map((down) => stretch(down, 'down'))}
        {thinned(chronicle.marks, endMs / Math.max(1, width / 4)).map((mark) => (
          <TimelineMark key={`${mark.kind} ${mark.event}`} mark={mark} x={x(mark.atMs)} />
        ))}
        <g ref={playhead} className={styles['playhead']}>
          <line y1={3} y2={37} />
          <circle cy={20} r={6.5} />
        </g>
      </svg>
      <input
        ref={input}
        type="range"
        data-testid="timeline"
        aria-label="Playhead"
        min={0}
        max={endMs}
        step={0.001}
        defaultValue={0}
        onChange={(event) => commands.seek(Math.min(Number(event.target.value), edgeMs))}
      />
    </div>
  );
}

interface TimelineBandsProps {
  readonly bands: readonly ViewBand[];
  readonly edgeMs: number;
  readonly x: (ms: number) => number;
}

/** The views of the cluster, as far as the run has come. */
function TimelineBands({ bands, edgeMs, x }: TimelineBandsProps): ReactNode {
  return bands.map(({ view, fromMs, toMs }) => {
    const from = x(fromMs);
    const width = Math.max(0, x(Math.min(toMs ?? edgeMs, edgeMs)) - from);
    return (
      <g key={view} className={styles['band']} data-view-hue={viewHue(view)}>
        <rect x={from} y={8} width={width} height={24} rx={view === 0 ? 4 : 0} />
        {view === 0 || width < 18 ? null : (
          <text x={from + 4} y={29}>
            v{view}
          </text>
        )}
      </g>
    );
  });
}

function TimelineMark({ mark, x }: { readonly mark: Mark; readonly x: number }): ReactNode {
  const name = mark.process === undefined ? '' : shortName(mark.process);
  switch (mark.kind) {
    case 'decision':
      return <rect className={styles['decision']} x={x - 1} y={13} width={2.2} height={14} />;
    case 'answer':
      return null;
    case 'checkpoint':
      return <path className={styles['checkpoint']} d={`M${x},9l4,5l-4,5l-4,-5Z`} />;
    case 'crash':
      return <Sign x={x} sign={`✕ ${name}`} kind="crash" />;
    case 'restart':
      return <Sign x={x} sign={`↻ ${name}`} kind="restart" />;
    case 'byzantine':
      return <Sign x={x} sign={`◈ ${name}`} kind="crash" />;
    case 'evidence':
      return <Sign x={x} sign="⚖" kind="restart" />;
    case 'violation':
      return <path className={styles['violation']} d={`M${x},4v32M${x},4h9l-3,4l3,4h-9Z`} />;
  }
}

interface SignProps {
  readonly x: number;
  readonly sign: string;
  readonly kind: 'crash' | 'restart';
}

function Sign({ x, sign, kind }: SignProps): ReactNode {
  return (
    <g className={styles[kind]} transform={`translate(${x} 0)`}>
      <line y1={8} y2={32} />
      <text x={3} y={kind === 'crash' ? 17 : 30}>
        {sign}
      </text>
    </g>
  );
}
