import { ChevronsRight, Pause, Play, SkipForward, StepBack, StepForward } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';

import { BranchChooser } from '#ui/history/branch-chooser.tsx';
import { useCommands, useLab } from '#ui/lab-context.ts';
import { formatTime } from '#ui/picture/timeline-scale.ts';
import { useMoving } from '#ui/use-moving.ts';

import { RateSlider } from './rate-slider.tsx';
import { Timeline } from './timeline.tsx';

import styles from './transport.module.css';

/** The controls of time. */
export function Transport(): ReactNode {
  const commands = useCommands();
  const playing = useLab((state) => state.playing);
  const play = useRef<HTMLButtonElement>(null);
  useEffect(() => play.current?.focus(), []);
  return (
    <footer className={styles['transport']} aria-label="Time">
      <div className={styles['buttons']}>
        <button
          data-quiet
          data-testid="back"
          aria-label="Back one event"
          title="Back one event (←)"
          onClick={() => commands.back()}
        >
          <StepBack size={17} />
        </button>
        <button
          className={styles['play']}
          data-testid="play"
          aria-label={playing ? 'Pause' : 'Play'}
          title={playing ? 'Pause (Space)' : 'Play (Space)'}
          ref={play}
          onClick={() => (playing ? commands.pause() : commands.play())}
        >
          {playing ? <Pause size={18} /> : <Play size={18} />}
        </button>
        <button
          data-quiet
          data-testid="step"
          aria-label="Step one event"
          title="Step one event (→)"
          onClick={() => void commands.step()}
        >
          <StepForward size={17} />
        </button>
        <button
          data-quiet
          data-testid="next-phase"
          aria-label="To the next phase"
          title="To the next phase (↓)"
          onClick={() => void commands.nextPhase()}
        >
          <SkipForward size={17} />
        </button>
      </div>
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

function Clock(): ReactNode {
  const output = useRef<HTMLOutputElement>(null);
  useMoving(({ nowMs }) => {
    if (output.current !== null) output.current.textContent = formatTime(nowMs);
  });
  return <output ref={output} data-testid="now" aria-label="Virtual time" aria-live="off" />;
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
