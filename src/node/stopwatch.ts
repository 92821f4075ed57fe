/** A figure, and what it is held against: measured in the same run, on the same machine. */
export interface Measurement {
  readonly name: string;
  readonly value: number;
  readonly unit: 'ns' | 'us' | 'ms' | 'B' | '1/s';
  readonly reference?: { readonly name: string; readonly value: number; readonly ratio: number };
}

const BATCHES = 9;

/** Nanoseconds an operation, the best of some batches after one to warm up: the others were disturbed. */
export function nanoseconds(operations: number, run: (operations: number) => void): number {
  run(operations);
  return Math.min(
    ...Array.from({ length: BATCHES }, () => timed(operations, () => run(operations))),
  );
}

export async function nanosecondsAsync(
  operations: number,
  run: (operations: number) => Promise<void>,
): Promise<number> {
  await run(operations);
  const batches: number[] = [];
  for (let i = 0; i < BATCHES; i++) {
    const start = performance.now();
    await run(operations);
    batches.push(((performance.now() - start) * 1e6) / operations);
  }
  return Math.min(...batches);
}

function timed(operations: number, run: () => void): number {
  const start = performance.now();
  run();
  return ((performance.now() - start) * 1e6) / operations;
}

interface Figure {
  readonly name: string;
  readonly value: number;
}

/** `figure` held against `reference`. */
export function measured(
  figure: Figure,
  unit: Measurement['unit'],
  reference?: Figure,
): Measurement {
  const name = figure.name;
  const value = rounded(figure.value);
  if (reference === undefined) return { name, value, unit };
  const ratio = rounded(figure.value / reference.value);
  return { name, value, unit, reference: { ...reference, value: rounded(reference.value), ratio } };
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
