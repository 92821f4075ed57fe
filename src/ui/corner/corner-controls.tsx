import { Pause, Play, RotateCcw, StepForward } from 'lucide-react';
import { type ReactNode, useState } from 'react';

import type { KillPoint } from '#lab/corner/corner-state.ts';

import { useCorner, useCornerCommands } from './corner-context.ts';
import { timeText } from './corner-words.ts';

import play from '#ui/transport/play-buttons.module.css';
import styles from './corner-controls.module.css';

/** Time on the left, life and death on the right. */
export function CornerControls(): ReactNode {
  return (
    <footer className={styles['controls']}>
      <Transport />
      <Rate />
      <Clock />
      <WorldChooser />
      <LifeAndDeath />
    </footer>
  );
}

function Transport(): ReactNode {
  const canStep = useCorner((state) => state.next !== undefined && !state.isBusy);
  const isPlaying = useCorner((state) => state.isPlaying);
  const commands = useCornerCommands();
  const Icon = isPlaying ? Pause : Play;
  return (
    <div className={play['buttons']}>
      <button
        className={play['play']}
        aria-label={isPlaying ? 'Pause' : 'Play'}
        title={isPlaying ? 'Pause' : 'Play: time passes, and turns happen when they are due'}
        onClick={() => (isPlaying ? commands.pause() : commands.play())}
      >
        <Icon size={18} aria-hidden="true" />
      </button>
      <button
        aria-label="Step"
        title="Step: the next turn"
        disabled={!canStep || isPlaying}
        onClick={() => void commands.step()}
      >
        <StepForward size={18} aria-hidden="true" />
      </button>
      <button
        aria-label="Begin anew"
        title="Begin anew: an empty disk, and a world that knows nothing"
        onClick={() => void commands.beginAnew()}
      >
        <RotateCcw size={17} aria-hidden="true" />
      </button>
    </div>
  );
}

const rates = [
  { rate: 1, text: 'real time' },
  { rate: 10, text: '10 × faster' },
  { rate: 60, text: '60 × faster' },
] as const;

function Rate(): ReactNode {
  const rate = useCorner((state) => state.rate);
  const { setRate } = useCornerCommands();
  return (
    <select
      aria-label="Speed"
      value={rate}
      onChange={(event) => setRate(Number(event.target.value))}
    >
      {rates.map((one) => (
        <option key={one.rate} value={one.rate}>
          {one.text}
        </option>
      ))}
    </select>
  );
}

function Clock(): ReactNode {
  const nowUs = useCorner((state) => state.nowUs);
  const next = useCorner((state) => state.next);
  const process = useCorner((state) => state.process);
  return (
    <div className={styles['clock']}>
      <output aria-live="off" aria-label="Time of the world" data-testid="corner-clock">
        {timeText(nowUs)}
      </output>
      <small data-testid="corner-next">
        {next === undefined
          ? process === 'alive'
            ? 'nothing left to happen'
            : 'nobody lives'
          : `${nexts[next.input.type]} ${timeText(next.dueUs)}`}
      </small>
    </div>
  );
}

const nexts = {
  begin: 'begins at',
  timer: 'a timer at',
  outcome: 'an answer at',
  acknowledgement: 'acknowledged at',
} as const;

function WorldChooser(): ReactNode {
  const { worlds } = useCorner((state) => state.sample);
  const world = useCorner((state) => state.world);
  const { chooseWorld } = useCornerCommands();
  if (worlds.length === 1) return <div className={styles['space']} />;
  return (
    <label className={styles['world']}>
      the world
      <select
        value={world}
        onChange={(event) => void chooseWorld(Number(event.target.value))}
        title="Another world begins anew"
      >
        {worlds.map(({ name }, i) => (
          <option key={name} value={i}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

const points: readonly { readonly at: KillPoint; readonly text: string }[] = [
  { at: 'now', text: 'now' },
  { at: 'turn', text: 'next turn, before its commit' },
  { at: 'commit', text: 'next turn, after its commit' },
  { at: 'release', text: 'next turn, after the release' },
];

function LifeAndDeath(): ReactNode {
  const [point, setPoint] = useState<KillPoint>('now');
  const process = useCorner((state) => state.process);
  const hasNext = useCorner((state) => state.next !== undefined && !state.isBusy);
  const commands = useCornerCommands();
  const canKill = process !== 'dead' && (point === 'now' || hasNext);
  return (
    <div className={styles['life']}>
      <button data-danger disabled={!canKill} onClick={() => void commands.kill(point)}>
        Kill
      </button>
      <select
        aria-label="When to kill"
        value={point}
        onChange={(event) =>
          setPoint(points.find(({ at }) => at === event.target.value)?.at ?? 'now')
        }
      >
        {points.map(({ at, text }) => (
          <option key={at} value={at}>
            {text}
          </option>
        ))}
      </select>
      <button data-primary disabled={process !== 'dead'} onClick={() => void commands.restart()}>
        Restart
      </button>
    </div>
  );
}
