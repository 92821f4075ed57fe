import type { ScaleLinear } from 'd3-scale';
import { useMemo, type ReactNode } from 'react';

import { ratesBetween, ratesOver, windowMs } from '#lab/live/live-history.ts';
import type { LiveSample } from '#lab/live/live-state.ts';
import { useSize, type Size } from '#ui/use-size.ts';

import { labelRows, placeMarks, stableTicks, type PlacedMark } from './chart-marks.ts';
import { amountScale, decadesOf, latencyScale, timeScale } from './chart-scales.ts';
import { LineChart, type ChartLine } from './line-chart.tsx';
import { useLive } from './live-context.ts';
import { amountText, msText } from './live-words.ts';

import styles from './charts.module.css';

const rowPx = 15;
const headingPx = 28;
const none: readonly number[] = [];
const headlineMs = 2000;

/** Operations a second above, latencies below, one axis of time and the same marks in both. */
export function Charts(): ReactNode {
  const samples = useLive((state) => state.samples);
  const marks = useLive((state) => state.marks);
  const [box, { width, height }] = useSize<HTMLDivElement>();
  const x = timeScale(samples.at(-1)?.atMs ?? 0, windowMs, width);
  const [fromMs = 0] = x.domain();
  const inWindow = (atMs: number): number | undefined => (atMs < fromMs ? undefined : x(atMs));
  const placed = placeMarks(marks, inWindow);
  const shared = { x, fromMs, marks: placed, samples };
  const rest = Math.max(0, height - 2 * headingPx - labelRows * rowPx);
  const upper = { width, height: Math.round(rest * 0.56) };
  return (
    <div className={styles['charts']} ref={box}>
      <Throughput {...shared} size={upper} ticks={stableTicks(marks, inWindow)} />
      <Latency {...shared} size={{ width, height: rest - upper.height }} />
      {samples.length > 0 ? null : (
        <p className={styles['empty']}>
          Start a load, then crash the primary and see how long nobody is served.
        </p>
      )}
    </div>
  );
}

interface ChartProps {
  readonly size: Size;
  readonly x: ScaleLinear<number, number>;
  readonly fromMs: number;
  readonly marks: readonly PlacedMark[];
  readonly samples: readonly LiveSample[];
}

interface ThroughputProps extends ChartProps {
  readonly ticks: readonly number[];
}

function Throughput({ size, x, fromMs, marks, samples, ticks }: ThroughputProps): ReactNode {
  const line = useMemo(() => throughputOf(samples), [samples]);
  const y = amountScale(valuesOf([line], fromMs), size.height);
  const rates = ratesOver(samples, headlineMs);
  const text = rates === undefined ? '–' : amountText(rates.perSecond);
  return (
    <>
      <h2>
        Operations a second <strong data-testid="live-rate-now">{text}</strong>
      </h2>
      <MarkLabels marks={marks} width={size.width} />
      <LineChart
        label={`Operations a second: ${text} now`}
        size={size}
        x={x}
        y={y}
        yTicks={y.ticks(4)}
        yText={amountText}
        lines={[line]}
        area
        marks={marks}
        ticks={ticks}
      />
    </>
  );
}

function MarkLabels({ marks, width }: Pick<ChartProps, 'marks'> & Pick<Size, 'width'>): ReactNode {
  const height = labelRows * rowPx;
  return (
    <svg className={styles['labels']} width={width} height={height} aria-hidden="true">
      {marks.map(({ mark, x, label, row }) => (
        <g key={`${mark.kind} ${mark.atMs} ${mark.replica}`} data-mark={mark.kind}>
          <line x1={x} x2={x} y1={row === undefined ? height : (row + 0.2) * rowPx} y2={height} />
          {row === undefined ? null : (
            <text x={x + 3} y={(row + 0.75) * rowPx}>
              {label}
            </text>
          )}
        </g>
      ))}
    </svg>
  );
}

const percentiles = ['p50', 'p95', 'p99'] as const;

function Latency({ size, x, fromMs, marks, samples }: ChartProps): ReactNode {
  const lines = useMemo(
    () => percentiles.toReversed().map((name) => latencyOf(samples, name)),
    [samples],
  );
  const y = latencyScale(valuesOf(lines, fromMs), size.height);
  const latest = samples.findLast(({ latencyMs }) => latencyMs !== null)?.latencyMs;
  return (
    <>
      <h2>
        Latency
        {latest === undefined || latest === null ? null : (
          <span className={styles['keys']}>
            {percentiles.map((name) => (
              <span key={name} data-line={name}>
                <svg width="22" height="8" aria-hidden="true">
                  <line x1="0" x2="22" y1="4" y2="4" />
                </svg>
                {name} <strong>{msText(latest[name])}</strong>
              </span>
            ))}
          </span>
        )}
      </h2>
      <LineChart
        label="Latency: the median, and within what 95 and 99 of 100 operations are answered"
        size={size}
        x={x}
        y={y}
        yTicks={decadesOf(y)}
        yText={msText}
        lines={lines}
        marks={marks}
        ticks={none}
      />
    </>
  );
}

function throughputOf(samples: readonly LiveSample[]): ChartLine {
  const points = samples.flatMap((sample, i) => {
    const before = samples[i - 1];
    return before === undefined
      ? []
      : [{ atMs: sample.atMs, value: ratesBetween(before, sample).perSecond }];
  });
  return { name: 'throughput', points };
}

function latencyOf(samples: readonly LiveSample[], name: (typeof percentiles)[number]): ChartLine {
  return {
    name,
    points: samples.map(({ atMs, latencyMs }) => ({ atMs, value: latencyMs?.[name] })),
  };
}

function valuesOf(lines: readonly ChartLine[], fromMs: number): readonly number[] {
  return lines.flatMap(({ points }) =>
    points.flatMap(({ atMs, value }) => (value === undefined || atMs < fromMs ? [] : [value])),
  );
}
