import type { ReactNode } from 'react';

import type { ProcessId } from '#core/pbft/message.ts';
import type { BehaviourOption } from '#core/replica/byzantine/behaviour-entry.ts';
import { useClusterShape } from '#ui/cluster-shape.ts';
import { processesOf } from '#ui/picture/process-name.ts';

import { ProcessChecks } from './process-checks.tsx';

/** What a behaviour is told: some processes, one of them by its number, a number, or a choice. */
export type OptionValue = readonly ProcessId[] | number | string;

interface BehaviourOptionFieldProps {
  readonly option: BehaviourOption;
  readonly process: ProcessId;
  /** Undefined: nothing is said. */
  readonly value: OptionValue | undefined;
  readonly onValue: (value: OptionValue | undefined) => void;
}

/** The control for one option of a behaviour. */
export function BehaviourOptionField(props: BehaviourOptionFieldProps): ReactNode {
  const { option, process, value, onValue } = props;
  const { replicas, clients } = useClusterShape();
  const others = processesOf(replicas, clients).filter((other) => other !== process);
  switch (option.kind) {
    case 'processes':
    case 'replicas': {
      const isChoice = (other: ProcessId): boolean =>
        option.kind === 'processes' || typeof other === 'number';
      return (
        <ProcessChecks
          legend={`${option.words} (${option.initial})`}
          choices={others.filter(isChoice)}
          chosen={typeof value === 'object' ? value : []}
          onChoose={(chosen) => onValue(chosen.length > 0 ? chosen : undefined)}
        />
      );
    }
    case 'replica':
      return <Choice {...props} choices={others.filter((other) => typeof other === 'number')} />;
    case 'client':
      return <Choice {...props} choices={Array.from({ length: clients }, (_, i) => i)} />;
    case 'choice':
      return <Choice {...props} choices={option.choices ?? []} />;
    case 'number':
      return (
        <label>
          {option.words}{' '}
          <input
            type="number"
            min={1}
            placeholder={option.initial}
            value={typeof value === 'number' ? value : ''}
            onChange={({ target }) =>
              onValue(target.value === '' ? undefined : Math.max(1, target.valueAsNumber))
            }
          />
        </label>
      );
  }
}

interface ChoiceProps extends BehaviourOptionFieldProps {
  readonly choices: readonly (number | string)[];
}

function Choice({ option, value, onValue, choices }: ChoiceProps): ReactNode {
  return (
    <label>
      {option.words}{' '}
      <select
        value={String(value ?? '')}
        onChange={({ target }) =>
          onValue(choices.find((choice) => String(choice) === target.value))
        }
      >
        <option value="">{option.initial}</option>
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {String(choice).replaceAll('-', ' ')}
          </option>
        ))}
      </select>
    </label>
  );
}
