import type { ReactNode } from 'react';

interface NumberFieldProps {
  readonly words: string;
  readonly min: number;
  readonly max?: number;
  readonly value: number;
  readonly onValue: (value: number) => void;
}

/** A number with its words; what is no number leaves it as it is. */
export function NumberField({ words, min, max, value, onValue }: NumberFieldProps): ReactNode {
  return (
    <label>
      {words}{' '}
      <input
        type="number"
        aria-label={words}
        min={min}
        {...(max !== undefined && { max })}
        value={value}
        onChange={({ target }) => {
          const next = target.valueAsNumber;
          if (Number.isFinite(next)) onValue(Math.min(max ?? next, Math.max(min, next)));
        }}
      />
    </label>
  );
}
