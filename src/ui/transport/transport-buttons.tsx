import { Pause, Play, SkipForward, StepBack, StepForward } from 'lucide-react';
import type { ReactNode, Ref } from 'react';

import { useCommands, useLab } from '#ui/lab-context.ts';

import styles from './play-buttons.module.css';

interface TransportButtonsProps {
  readonly play?: Ref<HTMLButtonElement>;
}

/** Back, play or pause, step, next phase. */
export function TransportButtons({ play }: TransportButtonsProps): ReactNode {
  const commands = useCommands();
  const playing = useLab((state) => state.playing);
  return (
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
        {...(play !== undefined && { ref: play })}
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
  );
}
