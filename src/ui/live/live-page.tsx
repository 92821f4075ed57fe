import { use, useEffect, type ReactNode } from 'react';

import { ErrorBoundary } from '#ui/failure/error-boundary.tsx';
import { Problems } from '#ui/frame/problems.tsx';
import { useWholeLab } from '#ui/lab-context.ts';

import { Charts } from './charts.tsx';
import { Checks } from './checks.tsx';
import { CostTable } from './cost-table.tsx';
import { Happenings } from './happenings.tsx';
import { Intro } from './intro.tsx';
import { LiveContext, useLive } from './live-context.ts';
import { LiveHeader } from './live-header.tsx';
import { LiveSaid } from './live-said.tsx';
import { LoadForm } from './load-form.tsx';
import { NetworkPanel } from './network-panel.tsx';
import { ReplicaTable } from './replica-table.tsx';
import { ResultCard } from './result-card.tsx';

import styles from './live-page.module.css';

/** The same replicas in real time, in the place of the lab. */
export function LivePage(): ReactNode {
  const { live } = useWholeLab();
  return (
    <LiveContext value={use(live.open())}>
      <Dashboard />
    </LiveContext>
  );
}

/** What scrolls has to be reached by the keyboard. */
const scrollable = { tabIndex: 0, role: 'region', 'aria-label': 'What it costs' } as const;

/** What is asked for on the left, what happens in the middle, what it costs on the right. */
function Dashboard(): ReactNode {
  const phase = useLive((state) => state.phase);
  useEffect(() => {
    document.title = 'Live · PBFT Lab';
  }, []);
  return (
    <div
      className={styles['page']}
      data-testid="live-page"
      data-phase={phase}
      aria-busy={phase === 'starting' || phase === 'ending'}
    >
      <LiveHeader />
      <main className={styles['work']}>
        <div className={styles['left']}>
          <LoadForm />
          <NetworkPanel />
        </div>
        <div className={styles['middle']}>
          <ErrorBoundary part="The charts">
            <Charts />
          </ErrorBoundary>
          <ReplicaTable />
        </div>
        <div className={styles['right']} {...scrollable}>
          <Intro />
          <ResultCard />
          <CostTable />
          <Checks />
          <Happenings />
        </div>
      </main>
      <Problems />
      <LiveSaid />
    </div>
  );
}
