import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react';

import type { SheetName } from './controls/sheet-name.ts';
import { ErrorBoundary } from './failure/error-boundary.tsx';
import { Header } from './frame/header.tsx';
import { Problems } from './frame/problems.tsx';
import { SidePanel } from './frame/side-panel.tsx';
import { useMedia } from './frame/use-media.ts';
import { useShortcuts } from './frame/use-shortcuts.ts';
import { useTheme } from './frame/use-theme.ts';
import { useLab } from './lab-context.ts';
import { later } from './later.tsx';
import { diagramNames, type DiagramName } from './space-time/diagram-name.ts';
import { Stage } from './stage/stage.tsx';
import { Transport } from './transport/transport.tsx';

import styles from './app.module.css';
import './theme.css';

const ControlPanel = later(async () => (await import('./controls/control-panel.tsx')).ControlPanel);
const Diagrams = later(async () => (await import('./space-time/diagrams.tsx')).Diagrams);
const Feed = later(async () => (await import('./feed/feed.tsx')).Feed);
const Inspector = later(async () => (await import('./inspector/inspector.tsx')).Inspector);
const LessonCard = later(async () => (await import('./lessons/lesson-card.tsx')).LessonCard);
const LiveRegion = later(async () => (await import('./frame/live-region.tsx')).LiveRegion);

const ShareDialog = lazy(async () => {
  const { ShareDialog: dialog } = await import('./history/share-dialog.tsx');
  return { default: dialog };
});

const ExportDialog = lazy(async () => {
  const { ExportDialog: dialog } = await import('./export/export-dialog.tsx');
  return { default: dialog };
});

const HelpDialog = lazy(async () => {
  const { HelpDialog: dialog } = await import('./frame/help-dialog.tsx');
  return { default: dialog };
});

const Presenter = lazy(async () => {
  const { Presenter: page } = await import('./frame/presenter.tsx');
  return { default: page };
});

const Embedded = lazy(async () => {
  const { Embedded: page } = await import('./frame/embedded.tsx');
  return { default: page };
});

const LivePage = lazy(async () => {
  const { LivePage: page } = await import('./live/live-page.tsx');
  return { default: page };
});

/** As much of the lab as the page is to show. */
export function App(): ReactNode {
  const mode = useLab((state) => state.mode);
  useTheme();
  useTitle();
  switch (mode) {
    case 'lab':
      return <WholeLab />;
    case 'present':
      return (
        <Suspense>
          <Presenter />
        </Suspense>
      );
    case 'embed':
      return (
        <Suspense>
          <Embedded />
        </Suspense>
      );
    case 'live':
      return (
        <Suspense>
          <LivePage />
        </Suspense>
      );
  }
}

/** Stage and diagrams on the left, what is selected on the right, time below. */
function WholeLab(): ReactNode {
  const [help, setHelp] = useState(false);
  const [dialog, setDialog] = useState<'share' | 'export' | undefined>(undefined);
  const [sheet, setSheet] = useState<SheetName | undefined>(undefined);
  const [diagram, setDiagram] = useState<DiagramName>('space-time');
  const phase = useLab((state) => state.phase);
  useShortcuts({
    help: () => setHelp(true),
    share: () => setDialog('share'),
    files: () => setDialog('export'),
    openSheet: (next) => setSheet(sheet === next ? undefined : next),
    nextView: () => setDiagram(after(diagram)),
  });
  const isNarrow = useMedia('(max-width: 1000px)');
  const diagrams = (
    <ErrorBoundary part="The diagram">
      <Diagrams shown={diagram} onShow={setDiagram} />
    </ErrorBoundary>
  );
  return (
    <div
      className={styles['app']}
      data-phase={phase}
      aria-busy={phase === 'starting' || phase === 'loading'}
    >
      <Header
        onHelp={() => setHelp(true)}
        onShare={() => setDialog('share')}
        onExport={() => setDialog('export')}
      />
      <main className={styles['left']}>
        <ErrorBoundary part="The stage">
          <Stage />
        </ErrorBoundary>
        {isNarrow ? null : diagrams}
        <LessonCard />
      </main>
      <SidePanel isDrawer={isNarrow}>
        <ErrorBoundary part="The inspector">
          <Inspector />
        </ErrorBoundary>
        {sheet === undefined ? (
          <ErrorBoundary part="The feed">
            <Feed />
          </ErrorBoundary>
        ) : null}
        <ControlPanel sheet={sheet} onSheet={setSheet} />
        {isNarrow ? diagrams : null}
      </SidePanel>
      <Transport />
      <Problems />
      <LiveRegion />
      <Suspense>
        {help ? <HelpDialog onClose={() => setHelp(false)} /> : null}
        {dialog === 'share' ? <ShareDialog onClose={() => setDialog(undefined)} /> : null}
        {dialog === 'export' ? <ExportDialog onClose={() => setDialog(undefined)} /> : null}
      </Suspense>
    </div>
  );
}

function after(diagram: DiagramName): DiagramName {
  return diagramNames[(diagramNames.indexOf(diagram) + 1) % diagramNames.length] ?? 'space-time';
}

function useTitle(): void {
  const name = useLab(
    (state) => state.scenarios.find((known) => known.name === state.scenarioName)?.title,
  );
  useEffect(() => {
    document.title = name === undefined ? 'PBFT Lab' : `${name} · PBFT Lab`;
  }, [name]);
}
