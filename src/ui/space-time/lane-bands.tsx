import type { ReactNode } from 'react';

import { viewHue, type ViewBand } from '#ui/picture/view-bands.ts';

import styles from './lane-bands.module.css';

interface LaneBandsProps {
  readonly bands: readonly ViewBand[];
  readonly height: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly x: (ms: number) => number;
}

/** The views a replica was in, as hues behind its lane; narrow from where it asks for another. */
export function LaneBands({ bands, height, fromMs, toMs, x }: LaneBandsProps): ReactNode {
  const shown = bands.filter((band) => band.fromMs < toMs && (band.toMs ?? toMs) > fromMs);
  return (
    <g className={styles['bands']}>
      {shown.map((band) => {
        const endMs = band.toMs ?? toMs;
        const leavesMs = band.leavesMs ?? endMs;
        const [from, leaves, end] = [x(band.fromMs), x(leavesMs), x(endMs)];
        return (
          <g key={band.fromMs} data-view-hue={viewHue(band.view)}>
            <rect x={from} y={-height / 2} width={leaves - from} height={height} />
            <rect x={leaves} y={-height / 6} width={end - leaves} height={height / 3} />
            {band.fromMs >= fromMs && (band.view > 0 || band.fromMs > 0) ? (
              <text x={from + 3} y={height / 2 - 3}>
                v{band.view}
              </text>
            ) : null}
          </g>
        );
      })}
    </g>
  );
}
