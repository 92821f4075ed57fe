import { GitBranch, GitCompareArrows } from 'lucide-react';
import { useState, type ReactNode } from 'react';

import { useCommands, useLab } from '#ui/lab-context.ts';
import { formatTime } from '#ui/picture/timeline-scale.ts';

import { CompareDialog } from './compare-dialog.tsx';

import styles from './history.module.css';

/** The histories of this run: fork in the past, change from one to another, compare two. */
export function BranchChooser(): ReactNode {
  const live = useLab((state) => state.live);
  const branches = useLab((state) => state.branches);
  const commands = useCommands();
  const [comparing, setComparing] = useState(false);
  return (
    <div className={styles['chooser']}>
      {live ? null : (
        <button
          data-testid="fork"
          title="Another history from here on (F)"
          onClick={() => void commands.fork()}
        >
          <GitBranch size={15} /> Fork
        </button>
      )}
      {branches.length === 0 ? null : (
        <>
          <BranchSelect />
          <button
            data-quiet
            data-testid="compare"
            aria-label="Compare two histories"
            title="Compare two histories"
            onClick={() => setComparing(true)}
          >
            <GitCompareArrows size={17} />
          </button>
        </>
      )}
      {comparing ? <CompareDialog onClose={() => setComparing(false)} /> : null}
    </div>
  );
}

function BranchSelect(): ReactNode {
  const branch = useLab((state) => state.branch);
  const branches = useLab((state) => state.branches);
  const from = useLab((state) => state.branchedFrom);
  const commands = useCommands();
  const all = [{ id: branch, from }, ...branches].toSorted((a, b) => (a.id < b.id ? 1 : -1));
  return (
    <select
      data-testid="branch"
      aria-label="History"
      value={branch}
      onChange={(event) => void commands.openBranch(event.target.value)}
    >
      {all.map(({ id, from: origin }) => (
        <option key={id} value={id}>
          {origin === undefined ? id : `${id} (from ${formatTime(origin.atMs)})`}
        </option>
      ))}
    </select>
  );
}
