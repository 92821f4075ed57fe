import type { ReactNode } from 'react';

import type { ProcessId } from '#core/pbft/message.ts';
import { processKey, shortName } from '#ui/picture/process-name.ts';

interface ProcessChecksProps {
  readonly legend: string;
  readonly choices: readonly ProcessId[];
  readonly chosen: readonly ProcessId[];
  readonly onChoose: (chosen: readonly ProcessId[]) => void;
}

/** A checkbox per process. */
export function ProcessChecks({
  legend,
  choices,
  chosen,
  onChoose,
}: ProcessChecksProps): ReactNode {
  const toggle = (process: ProcessId): void =>
    onChoose(
      chosen.includes(process) ? chosen.filter((other) => other !== process) : [...chosen, process],
    );
  return (
    <fieldset>
      <legend>{legend}</legend>
      {choices.map((process) => (
        <label key={processKey(process)}>
          <input
            type="checkbox"
            checked={chosen.includes(process)}
            onChange={() => toggle(process)}
          />
          {shortName(process)}
        </label>
      ))}
    </fieldset>
  );
}
