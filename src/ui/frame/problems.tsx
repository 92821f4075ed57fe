import { CircleAlert, Info, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';

import { useCommands, useLab } from '#ui/lab-context.ts';

import styles from './problems.module.css';

const icons = { error: CircleAlert, warning: TriangleAlert, info: Info };

/** What a person must know, in words, with the next thing to do. */
export function Problems(): ReactNode {
  const problems = useLab((state) => state.problems);
  const commands = useCommands();
  if (problems.length === 0) return null;
  return (
    <div className={styles['problems']}>
      {problems.map(({ id, severity, title, text, remedy }) => {
        const Icon = icons[severity];
        return (
          <div
            key={id}
            data-testid="problem"
            data-severity={severity}
            role={severity === 'info' ? 'status' : 'alert'}
          >
            <Icon size={18} aria-hidden="true" />
            <p>
              <strong>{title}</strong> {text}
            </p>
            {remedy === undefined ? null : <button onClick={remedy.act}>{remedy.label}</button>}
            <button data-quiet aria-label="Dismiss" onClick={() => commands.dismiss(id)}>
              <X size={16} />
            </button>
          </div>
        );
      })}
    </div>
  );
}
