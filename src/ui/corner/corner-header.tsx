import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';

import { catalogue } from '#core/persistent/samples/catalogue.ts';
import { ThemeButton } from '#ui/frame/theme-button.tsx';

import { useCorner, useCornerCommands } from './corner-context.ts';

import styles from './corner-header.module.css';

/** Where this is, the way back, and the samples. */
export function CornerHeader(): ReactNode {
  const theme = useCorner((state) => state.theme);
  const { setTheme } = useCornerCommands();
  return (
    <header className={styles['header']}>
      <a href="./" className={styles['back']} aria-label="Back to the lab" title="Back to the lab">
        <ArrowLeft size={18} aria-hidden="true" />
      </a>
      <h1>
        PBFT Lab <span>Persistent programming</span>
      </h1>
      <Samples />
      <ThemeButton theme={theme} onTheme={setTheme} />
    </header>
  );
}

function Samples(): ReactNode {
  const shown = useCorner((state) => state.sample.name);
  const { choose } = useCornerCommands();
  return (
    <nav className={styles['samples']} aria-label="Samples">
      {catalogue.map(({ name, title }) => (
        <button
          key={name}
          data-quiet
          aria-current={name === shown ? 'page' : undefined}
          onClick={() => void choose(name)}
        >
          {title}
        </button>
      ))}
    </nav>
  );
}
