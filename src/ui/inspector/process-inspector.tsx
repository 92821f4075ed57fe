import type { ReactNode } from 'react';

import type { ProcessId } from '#core/pbft/message.ts';
import type { Inspection, ReplicaInspection } from '#core/replica/inspection.ts';
import { useInspections } from '#ui/lab-context.ts';
import { processKey, spokenName } from '#ui/picture/process-name.ts';

import { ClientTab } from './client-tab.tsx';
import { CodeTab } from './code-tab.tsx';
import { DiskTab } from './disk-tab.tsx';
import { MessagesTab } from './messages-tab.tsx';
import { PastNote } from './past-note.tsx';
import { StateTab } from './state-tab.tsx';
import { TabbedPanel, type Tab } from './tabbed-panel.tsx';
import { VotesTab } from './votes-tab.tsx';
import { WaitingSentence } from './waiting-sentence.tsx';

import styles from './inspector.module.css';

interface ProcessInspectorProps {
  readonly process: ProcessId;
}

/** A replica or client: what it waits for, and its state, votes, code and disk. */
export function ProcessInspector({ process }: ProcessInspectorProps): ReactNode {
  const inspection = useInspections()[processKey(process)];
  const name = spokenName(process);
  return (
    <>
      <div className={styles['head']}>
        <h2>{name.charAt(0).toUpperCase() + name.slice(1)}</h2>
        <p>{inspection?.kind === 'replica' ? subtitleOf(inspection) : null}</p>
      </div>
      <PastNote />
      <WaitingSentence process={process} waiting={inspection?.waiting ?? []} />
      <TabbedPanel key={inspection?.kind ?? 'none'} tabs={tabsOf(process, inspection)} />
    </>
  );
}

function subtitleOf({ id, primary, view, executed }: ReplicaInspection): string {
  return `${id === primary ? 'primary' : 'backup'} · view ${view} · executed ${executed}`;
}

function tabsOf(process: ProcessId, inspection: Inspection | undefined): readonly Tab[] {
  const always: readonly Tab[] = [
    { name: 'disk', title: 'Disk', content: <DiskTab process={process} /> },
    { name: 'messages', title: 'Messages', content: <MessagesTab process={process} /> },
  ];
  if (inspection === undefined) return always;
  const code = {
    name: 'code',
    title: 'Code',
    content: <CodeTab workflows={inspection.workflows} />,
  };
  if (inspection.kind === 'client') {
    const client = {
      name: 'client',
      title: 'Client',
      content: <ClientTab inspection={inspection} />,
    };
    return [client, code, ...always];
  }
  return [
    { name: 'votes', title: 'Votes', content: <VotesTab inspection={inspection} /> },
    { name: 'state', title: 'State', content: <StateTab inspection={inspection} /> },
    code,
    ...always,
  ];
}
