import { lazy, Suspense, type ReactNode } from 'react';

import type { Selection } from '#lab/lab-state.ts';
import { useLab } from '#ui/lab-context.ts';

import styles from './inspector.module.css';

const ProcessInspector = lazy(async () => ({
  default: (await import('./process-inspector.tsx')).ProcessInspector,
}));
const MessageInspector = lazy(async () => ({
  default: (await import('./message-inspector.tsx')).MessageInspector,
}));
const EventInspector = lazy(async () => ({
  default: (await import('./event-inspector.tsx')).EventInspector,
}));
const SlotInspector = lazy(async () => ({
  default: (await import('./slot-inspector.tsx')).SlotInspector,
}));
const ClusterInspector = lazy(async () => ({
  default: (await import('./cluster-inspector.tsx')).ClusterInspector,
}));

/** What is selected, from close by. */
export function Inspector(): ReactNode {
  const selection = useLab((state) => state.selection);
  return (
    <section className={styles['inspector']} data-testid="inspector" aria-label="Inspector">
      <Suspense fallback={<p className={styles['note']}>One moment…</p>}>
        <Selected selection={selection} />
      </Suspense>
    </section>
  );
}

function Selected({ selection }: { readonly selection: Selection }): ReactNode {
  if (selection === undefined) return <ClusterInspector />;
  switch (selection.kind) {
    case 'process':
      return <ProcessInspector process={selection.process} />;
    case 'message':
      return <MessageInspector message={selection.message} />;
    case 'event':
      return <EventInspector event={selection.event} />;
    case 'slot':
      return <SlotInspector sequence={selection.sequence} />;
  }
}
