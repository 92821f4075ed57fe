import { useState, type ReactNode } from 'react';

import type { ProcessId } from '#core/pbft/message.ts';
import { behaviourCatalogue, behaviourEntry } from '#core/replica/byzantine/catalogue.ts';
import { useCommands, usePicture } from '#ui/lab-context.ts';
import { processKey, spokenName } from '#ui/picture/process-name.ts';

import { BehaviourOptionField, type OptionValue } from './behaviour-option-field.tsx';
import { SheetFrame } from './sheet-frame.tsx';

interface ByzantineSheetProps {
  readonly process: ProcessId;
  readonly onDone: () => void;
}

/** How a replica or a client misbehaves from now on. It owns its own key, and nobody else’s. */
export function ByzantineSheet({ process, onDone }: ByzantineSheetProps): ReactNode {
  const commands = useCommands();
  const of = typeof process === 'number' ? 'replica' : 'client';
  const entries = behaviourCatalogue.filter((entry) => entry.of === of);
  const current = usePicture().processes.get(processKey(process))?.byzantine;
  const [name, setName] = useState(current === undefined ? entries[0]?.name : 'correct');
  const [values, setValues] = useState<Readonly<Record<string, OptionValue>>>({});
  const entry = behaviourEntry(of, name ?? 'correct');
  const options = entry?.options ?? [];
  return (
    <SheetFrame
      title={`${nameOf(process)} is Byzantine`}
      act={entry === undefined ? 'Make it correct' : 'Let it'}
      disabled={options.some((option) => option.required && values[option.name] === undefined)}
      onAct={() => void commands.byzantine(process, name ?? 'correct', values)}
      onDone={onDone}
    >
      <select
        aria-label="Behaviour"
        value={name}
        onChange={(event) => {
          setName(event.target.value);
          setValues({});
        }}
      >
        {[...entries.map((other) => other.name), 'correct'].map((other) => (
          <option key={other} value={other}>
            {other.replaceAll('-', ' ')}
          </option>
        ))}
      </select>
      <p>{entry?.words ?? 'It behaves correctly again.'}</p>
      {options.map((option) => (
        <BehaviourOptionField
          key={`${name} ${option.name}`}
          option={option}
          process={process}
          value={values[option.name]}
          onValue={(value) => setValues(withValue(values, option.name, value))}
        />
      ))}
    </SheetFrame>
  );
}

/** What is not said stays away: then the behaviour does as it does by default. */
function withValue(
  values: Readonly<Record<string, OptionValue>>,
  name: string,
  value: OptionValue | undefined,
): Readonly<Record<string, OptionValue>> {
  const { [name]: _, ...rest } = values;
  return value === undefined ? rest : { ...rest, [name]: value };
}

function nameOf(process: ProcessId): string {
  const name = spokenName(process);
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
