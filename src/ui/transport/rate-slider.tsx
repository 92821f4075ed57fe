import type { ReactNode } from 'react';

import { useCommands, useLab } from '#ui/lab-context.ts';
import { formatRate, positionOf, rateAt, ratePositions } from '#ui/picture/rate-scale.ts';

import styles from './transport.module.css';

/** How fast virtual time runs, on a logarithmic scale. */
export function RateSlider(): ReactNode {
  const rate = useLab((state) => state.rate);
  const commands = useCommands();
  return (
    <label className={styles['rate']}>
      <span>rate</span>
      <input
        type="range"
        aria-label="rate"
        data-testid="rate"
        min={0}
        max={ratePositions}
        value={positionOf(rate)}
        aria-valuetext={`${formatRate(rate)} of real time`}
        onChange={(event) => commands.setRate(rateAt(Number(event.target.value)))}
      />
      <output>{formatRate(rate)}</output>
    </label>
  );
}
