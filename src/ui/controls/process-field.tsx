import type { ReactNode } from 'react';

import type { ProcessId } from '#core/pbft/message.ts';
import { processKey, shortName } from '#ui/picture/process-name.ts';

interface ProcessFieldProps {
  readonly words: string;
  readonly choices: readonly ProcessId[];
  readonly value: ProcessId;
  readonly onValue: (value: ProcessId) => void;
}

/** One of some processes. */
export function ProcessField({ words, choices, value, onValue }: ProcessFieldProps): ReactNode {
  return (
    <label>
      {words}{' '}
      <select
        aria-label={words}
        value={processKey(value)}
        onChange={({ target }) => {
          const chosen = choices.find((process) => processKey(process) === target.value);
          if (chosen !== undefined) onValue(chosen);
        }}
      >
        {choices.map((process) => (
          <option key={processKey(process)} value={processKey(process)}>
            {shortName(process)}
          </option>
        ))}
      </select>
    </label>
  );
}
