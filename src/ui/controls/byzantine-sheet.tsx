import { useState, type ReactNode } from 'react';

import type { ProcessId } from '#core/pbft/message.ts';
import { useClusterShape } from '#ui/cluster-shape.ts';
import { useCommands, usePicture } from '#ui/lab-context.ts';
import { processesOf, processKey } from '#ui/picture/process-name.ts';

import { ProcessChecks } from './process-checks.tsx';
import { SheetFrame } from './sheet-frame.tsx';

const behaviours: readonly { readonly name: string; readonly words: string }[] = [
  { name: 'silent', words: 'It hears everything and says nothing.' },
  {
    name: 'silent-to',
    words: 'It says nothing to some, and behaves correctly towards the others.',
  },
  {
    name: 'equivocate',
    words: 'As primary it proposes two different batches for the same sequence number.',
  },
  { name: 'double-vote', words: 'It signs two contradicting votes.' },
  { name: 'wrong-digest', words: 'It votes for something nobody proposed.' },
  { name: 'bad-signature', words: 'Its signatures are invalid.' },
  { name: 'censor', words: 'As primary it leaves out the requests of the first client.' },
  { name: 'replay', words: 'It sends its old messages again and again.' },
  { name: 'lie-checkpoint', words: 'Its checkpoints name a state that nobody has.' },
  { name: 'lie-reply', words: 'It answers clients with made-up results.' },
  { name: 'lie-view', words: 'It tells clients of a view far ahead.' },
  { name: 'hide-prepared', words: 'Its VIEW-CHANGE leaves out what it has prepared.' },
  { name: 'bad-new-view', words: 'Its NEW-VIEW does not follow from the votes it shows.' },
  { name: 'view-change-storm', words: 'It asks for ever higher views.' },
  { name: 'correct', words: 'It behaves correctly again.' },
];

interface ByzantineSheetProps {
  readonly replica: number;
  readonly onDone: () => void;
}

/** How a replica misbehaves from now on. It owns its own key, and nobody else’s. */
export function ByzantineSheet({ replica, onDone }: ByzantineSheetProps): ReactNode {
  const commands = useCommands();
  const { replicas, clients } = useClusterShape();
  const current = usePicture().processes.get(processKey(replica))?.byzantine;
  const [behaviour, setBehaviour] = useState(current === undefined ? 'silent' : 'correct');
  const [targets, setTargets] = useState<readonly ProcessId[]>([]);
  const choices = processesOf(replicas, clients).filter((process) => process !== replica);
  const toSome = behaviour === 'silent-to';
  return (
    <SheetFrame
      title={`Replica ${replica} is Byzantine`}
      act={behaviour === 'correct' ? 'Make it correct' : 'Let it'}
      disabled={toSome && targets.length === 0}
      onAct={() => void commands.byzantine(replica, behaviour, toSome ? { targets } : undefined)}
      onDone={onDone}
    >
      <select
        aria-label="Behaviour"
        value={behaviour}
        onChange={(event) => setBehaviour(event.target.value)}
      >
        {behaviours.map(({ name }) => (
          <option key={name} value={name}>
            {name.replaceAll('-', ' ')}
          </option>
        ))}
      </select>
      <p>{behaviours.find(({ name }) => name === behaviour)?.words}</p>
      {toSome ? (
        <ProcessChecks
          legend="Silent to"
          choices={choices}
          chosen={targets}
          onChoose={setTargets}
        />
      ) : null}
    </SheetFrame>
  );
}
