import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';

import type { LiveState } from '#lab/live/live-state.ts';
import { ThemeButton } from '#ui/frame/theme-button.tsx';
import { useCommands, useLab } from '#ui/lab-context.ts';

import { useLive, useLiveCommands } from './live-context.ts';

import styles from './live-header.module.css';

/** Where this is, the way back, and how it goes. */
export function LiveHeader(): ReactNode {
  const theme = useLab((state) => state.theme);
  const commands = useCommands();
  const { leave } = useLiveCommands();
  const phase = useLive((state) => state.phase);
  const options = useLive((state) => state.options);
  const seconds = useLive((state) => Math.floor((state.samples.at(-1)?.atMs ?? 0) / 1000));
  return (
    <header className={styles['header']}>
      <button data-quiet data-testid="leave-live" onClick={() => void leave()}>
        <ArrowLeft size={18} aria-hidden="true" /> Back to the lab
      </button>
      <h1>
        PBFT Lab <span>Live</span>
      </h1>
      <p className={styles['phase']} data-testid="live-phase" data-phase={phase}>
        {phaseWords(phase, options, seconds)}
      </p>
      <ThemeButton theme={theme} onTheme={(next) => commands.setTheme(next)} />
    </header>
  );
}

function phaseWords(
  phase: LiveState['phase'],
  options: LiveState['options'],
  seconds: number,
): string {
  const who = options === undefined ? '' : `${options.n} replicas, ${options.load.clients} clients`;
  switch (phase) {
    case 'idle':
      return 'real time, real signatures, real disks; nothing runs yet';
    case 'starting':
      return 'the workers start';
    case 'running':
      return `${who}, ${seconds} s`;
    case 'ending':
      return 'the load has ended; the replicas become equal';
    case 'ended':
      return `${who}: ended`;
  }
}
