import { ChevronsRight } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';

import { useCommands, useLab } from '#ui/lab-context.ts';
import { later } from '#ui/later.tsx';

import { Clock } from './clock.tsx';
import { RateSlider } from './rate-slider.tsx';
import { Timeline } from './timeline.tsx';
import { TransportButtons } from './transport-buttons.tsx';

import styles from './transport.module.css';

const BranchChooser = later(
  async () => (await import('#ui/history/branch-chooser.tsx')).BranchChooser,
);

/** The controls of time. */
export function Transport(): ReactNode {
  const play = useRef<HTMLButtonElement>(null);
  useEffect(() => play.current?.focus(), []);
  return (
    <footer className={styles['transport']} aria-label="Time">
      <TransportButtons play={play} />
      <RateSlider />
      <Timeline />
      <BranchChooser />
      <div className={styles['clock']}>
        <Clock />
        <LiveBadge />
      </div>
    </footer>
  );
}

function LiveBadge(): ReactNode {
  const live = useLab((state) => state.live);
  const commands = useCommands();
  if (live) return <span className={styles['live']}>live</span>;
  return (
    <button
      className={styles['past']}
      title="Go to the live edge"
      onClick={() => commands.toEdge()}
    >
      past <ChevronsRight size={13} aria-label="to the live edge" />
    </button>
  );
}
