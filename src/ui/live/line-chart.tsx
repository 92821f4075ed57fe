import type { ScaleLinear } from 'd3-scale';
import { area as areaOf, line as lineOf } from 'd3-shape';
import type { ReactNode } from 'react';

import type { Size } from '#ui/use-size.ts';

import type { PlacedMark } from './chart-marks.ts';
import { bottomOf, margins } from './chart-scales.ts';

import styles from './charts.module.css';

/** One line of a chart; where there is no value it has a gap. */
export interface ChartLine {
  readonly name: string;
  readonly points: readonly { readonly atMs: number; readonly value: number | undefined }[];
}

interface LineChartProps {
  /** What a person who does not see it is told. */
  readonly label: string;
  readonly size: Size;
  readonly x: ScaleLinear<number, number>;
  readonly y: (value: number) => number;
  readonly yTicks: readonly number[];
  readonly yText: (value: number) => string;
  readonly lines: readonly ChartLine[];
  readonly area?: boolean;
  readonly marks: readonly PlacedMark[];
  /** Where checkpoints became stable. */
  readonly ticks: readonly number[];
}

type Point = ChartLine['points'][number];

/** SVG has no image with words in their place: what makes it one. */
function pictured(label: string): { readonly role: 'img'; readonly 'aria-label': string } {
  return { role: 'img', 'aria-label': label };
}

/** Lines over real time, with what happened across them. */
export function LineChart(props: LineChartProps): ReactNode {
  const { label, size, x, y, yTicks, yText, lines, area = false, marks, ticks } = props;
  const bottom = bottomOf(size.height);
  const [fromMs = 0] = x.domain();
  const height = (point: Point): number => y(point.value ?? 0);
  const isDrawn = ({ atMs, value }: Point): boolean => value !== undefined && atMs >= fromMs;
  const path = lineOf<Point>()
    .defined(isDrawn)
    .x(({ atMs }) => x(atMs))
    .y(height);
  const below = areaOf<Point>()
    .defined(isDrawn)
    .x(({ atMs }) => x(atMs))
    .y0(bottom)
    .y1(height);
  return (
    <svg className={styles['chart']} {...size} {...pictured(label)}>
      {yTicks.map((value) => (
        <g key={value} className={styles['tick']}>
          <line x1={margins.left} x2={size.width - margins.right} y1={y(value)} y2={y(value)} />
          <text x={margins.left - 8} y={y(value) + 4} textAnchor="end">
            {yText(value)}
          </text>
        </g>
      ))}
      <TimeAxis x={x} y={bottom + 16} width={size.width} />
      {marks.map(({ mark, x: at }) => (
        <line
          key={`${mark.kind} ${mark.atMs} ${mark.replica}`}
          className={styles['mark']}
          data-mark={mark.kind}
          x1={at}
          x2={at}
          y1={0}
          y2={bottom}
        />
      ))}
      {area
        ? lines.map((one) => (
            <path key={one.name} className={styles['area']} d={below(one.points) ?? ''} />
          ))
        : null}
      {lines.map((one) => (
        <path key={one.name} data-line={one.name} d={path(one.points) ?? ''} />
      ))}
      {ticks.map((at) => (
        <line key={at} className={styles['stable']} x1={at} x2={at} y1={bottom - 5} y2={bottom} />
      ))}
    </svg>
  );
}

interface TimeAxisProps {
  readonly x: ScaleLinear<number, number>;
  readonly y: number;
  readonly width: number;
}

function TimeAxis({ x, y, width }: TimeAxisProps): ReactNode {
  return x.ticks(Math.max(2, Math.min(8, width / 90))).map((atMs) => (
    <text key={atMs} className={styles['time']} x={x(atMs)} y={y} textAnchor="middle">
      {Math.round(atMs / 1000)} s
    </text>
  ));
}
