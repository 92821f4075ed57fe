import { CircleQuestionMark, Download, Gauge, Presentation, Share2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';

import { faultsTolerated } from '#core/pbft/quorum.ts';
import { replicasMax } from '#lab/url-parameters.ts';
import { useCommands, useLab } from '#ui/lab-context.ts';
import { LessonsButton } from '#ui/lessons/lessons-button.tsx';

import { goFullScreen } from './full-screen.ts';
import { ThemeButton } from './theme-button.tsx';
import { VerdictBadge } from './verdict-badge.tsx';

import styles from './header.module.css';

interface HeaderProps {
  readonly onHelp: () => void;
  readonly onShare: () => void;
  readonly onExport: () => void;
}

/** The name, what runs, how it stands, and how it looks. */
export function Header({ onHelp, onShare, onExport }: HeaderProps): ReactNode {
  return (
    <header className={styles['header']}>
      <h1>PBFT Lab</h1>
      <ScenarioChooser />
      <ClusterChooser />
      <LessonsButton />
      <LeftOut />
      <div className={styles['space']} />
      <a
        className={styles['corner']}
        href="?corner=ping-pong"
        title="Run small programs, kill their worker at any await, and see what is stored"
      >
        Persistent programs
      </a>
      <LiveButton />
      <VerdictBadge />
      <button
        data-quiet
        className={styles['icon']}
        data-testid="share"
        aria-label="Share this run"
        title="Share this run (S)"
        onClick={onShare}
      >
        <Share2 size={18} />
      </button>
      <button
        data-quiet
        className={styles['icon']}
        data-testid="export"
        aria-label="Files: save and open"
        title="Files: save and open (E)"
        onClick={onExport}
      >
        <Download size={18} />
      </button>
      <PresentButton />
      <ThemeSwitch />
      <button
        data-quiet
        className={styles['icon']}
        aria-label="Help and keys"
        title="Help and keys (?)"
        onClick={onHelp}
      >
        <CircleQuestionMark size={18} />
      </button>
    </header>
  );
}

function ScenarioChooser(): ReactNode {
  const scenarios = useLab((state) => state.scenarios);
  const name = useLab((state) => state.scenarioName);
  const commands = useCommands();
  const known = scenarios.some((scenario) => scenario.name === name);
  return (
    <select
      className={styles['scenario']}
      data-testid="scenario"
      aria-label="Scenario"
      value={name}
      onChange={(event) => void commands.load(event.target.value)}
    >
      {known ? null : <option value={name}>{name === '' ? 'Choose a scenario' : name}</option>}
      {[...new Set(scenarios.map(({ family }) => family))].map((family) => (
        <optgroup key={family} label={family}>
          {scenarios
            .filter((scenario) => scenario.family === family)
            .map((scenario) => (
              <option key={scenario.name} value={scenario.name} title={scenario.about}>
                {scenario.title}
              </option>
            ))}
        </optgroup>
      ))}
    </select>
  );
}

const sizes = Array.from({ length: replicasMax }, (_, i) => i + 1);

function ClusterChooser(): ReactNode {
  const replicas = useLab((state) => state.scenario?.replicas ?? 4);
  const f = useLab((state) => state.scenario?.f ?? faultsTolerated(replicas));
  const seed = useLab((state) => state.scenario?.seed ?? 1);
  const commands = useCommands();
  return (
    <div className={styles['cluster']}>
      <label>
        replicas
        <select
          data-testid="replicas"
          value={replicas}
          onChange={(event) => void commands.newCluster({ replicas: Number(event.target.value) })}
        >
          {sizes.map((size) => (
            <option key={size}>{size}</option>
          ))}
        </select>
      </label>
      <span title={`With n = ${replicas}, f = ${f} Byzantine replicas are tolerated`}>
        {f === 0 ? (
          'tolerates none'
        ) : (
          <>
            tolerates <strong>{f}</strong>
          </>
        )}
      </span>
      <SeedField
        key={seed}
        seed={seed}
        onSeed={(next) => void commands.newCluster({ seed: next })}
      />
    </div>
  );
}

/** Never out of sight: what follows is no PBFT. */
function LeftOut(): ReactNode {
  const ablation = useLab((state) => state.scenario?.ablation);
  if (ablation === undefined || ablation.length === 0) return null;
  const names = ablation.map((name) => name.replaceAll('-', ' ')).join(', ');
  return (
    <span className={styles['leftOut']} data-testid="left-out" title={`Rule left out: ${names}`}>
      rule left out: <strong>{names}</strong>
    </span>
  );
}

interface SeedFieldProps {
  readonly seed: number;
  readonly onSeed: (seed: number) => void;
}

function SeedField({ seed, onSeed }: SeedFieldProps): ReactNode {
  const [text, setText] = useState(String(seed));
  const settle = (): void => {
    const next = Number(text);
    if (Number.isSafeInteger(next) && next >= 0 && text.trim() !== '') {
      if (next !== seed) onSeed(next);
    } else setText(String(seed));
  };
  return (
    <label>
      seed
      <input
        type="text"
        inputMode="numeric"
        data-testid="seed"
        size={5}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={settle}
        onKeyDown={(event) => {
          if (event.key === 'Enter') settle();
        }}
      />
    </label>
  );
}

function LiveButton(): ReactNode {
  const commands = useCommands();
  return (
    <button
      data-quiet
      className={styles['live']}
      data-testid="open-live"
      title="Live: the same replicas in real time, as fast as this machine allows, under load and under fire"
      onClick={() => commands.setMode('live')}
    >
      <Gauge size={17} aria-hidden="true" /> <span>Live</span>
    </button>
  );
}

function PresentButton(): ReactNode {
  const commands = useCommands();
  return (
    <button
      data-quiet
      className={styles['icon']}
      data-testid="present"
      aria-label="Present"
      title="Present: full screen, large type, keys of a remote"
      onClick={() => {
        commands.setMode('present');
        void goFullScreen();
      }}
    >
      <Presentation size={18} />
    </button>
  );
}

function ThemeSwitch(): ReactNode {
  const theme = useLab((state) => state.theme);
  const commands = useCommands();
  return <ThemeButton theme={theme} onTheme={(next) => commands.setTheme(next)} />;
}
