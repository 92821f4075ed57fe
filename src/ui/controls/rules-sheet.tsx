import { useState, type ReactNode } from 'react';

import { ablations } from '#core/pbft/configuration.ts';
import { useCommands, useLab } from '#ui/lab-context.ts';

import { ruleWords } from './rules.ts';
import { SheetFrame } from './sheet-frame.tsx';

import styles from './control-panel.module.css';

interface RulesSheetProps {
  readonly onDone: () => void;
}

/** The rules that can be left out, and why each is there. The same scenario then begins anew. */
export function RulesSheet({ onDone }: RulesSheetProps): ReactNode {
  const commands = useCommands();
  const current = useLab((state) => state.scenario?.ablation ?? none);
  const [chosen, setChosen] = useState(current);
  const toggle = (name: string): void =>
    setChosen(chosen.includes(name) ? chosen.filter((other) => other !== name) : [...chosen, name]);
  return (
    <SheetFrame
      title="Leave rules out"
      act="Begin anew"
      disabled={[...chosen].sort().join(' ') === [...current].sort().join(' ')}
      onAct={() => void commands.newCluster({ ablation: chosen })}
      onDone={onDone}
    >
      <ul className={styles['rules']}>
        {ablations.map((name) => (
          <li key={name}>
            <label>
              <input
                type="checkbox"
                checked={chosen.includes(name)}
                onChange={() => toggle(name)}
              />
              <strong>{name.replaceAll('-', ' ')}</strong>
            </label>
            <p>{ruleWords[name]}</p>
          </li>
        ))}
      </ul>
    </SheetFrame>
  );
}

const none: readonly string[] = [];
