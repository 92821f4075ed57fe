import { type ReactNode, useEffect } from 'react';

import { ErrorBoundary } from '#ui/failure/error-boundary.tsx';
import { useThemeOf } from '#ui/frame/use-theme.ts';

import { CodePanes } from './code-panes.tsx';
import { useCorner } from './corner-context.ts';
import { CornerControls } from './corner-controls.tsx';
import { CornerHeader } from './corner-header.tsx';
import { DiskPanel } from './disk-panel.tsx';
import { Intro } from './intro.tsx';
import { MemoryPanel } from './memory-panel.tsx';
import { OutsidePanel } from './outside-panel.tsx';
import { TrialPanel } from './trial-panel.tsx';

import styles from './corner-page.module.css';
import '#ui/theme.css';

/** The persistent-programming corner: source, compiled form and record of a program that can be killed. */
export function CornerPage(): ReactNode {
  const title = useCorner((state) => state.sample.title);
  const process = useCorner((state) => state.process);
  useThemeOf(useCorner((state) => state.theme));
  useEffect(() => {
    document.title = `${title} · Persistent programming · PBFT Lab`;
  }, [title]);
  return (
    <div className={styles['page']} data-process={process} aria-busy={process === 'starting'}>
      <CornerHeader />
      <main className={styles['work']}>
        <Intro />
        <ErrorBoundary part="The code">
          <CodePanes />
        </ErrorBoundary>
        <ErrorBoundary part="What is stored">
          <div className={styles['state']}>
            <MemoryPanel />
            <DiskPanel />
          </div>
        </ErrorBoundary>
        <OutsidePanel />
        <TrialPanel />
      </main>
      <CornerControls />
    </div>
  );
}
