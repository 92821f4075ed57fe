import type { ReactNode } from 'react';

import type { ProcessId } from '#core/pbft/message.ts';
import { processKey } from '#ui/picture/process-name.ts';

import { ByzantineSheet } from './byzantine-sheet.tsx';
import { CrashSheet } from './crash-sheet.tsx';
import { NetworkSheet } from './network-sheet.tsx';
import { PartitionSheet } from './partition-sheet.tsx';
import { RestartSheet } from './restart-sheet.tsx';
import { RulesSheet } from './rules-sheet.tsx';
import { SendSheet } from './send-sheet.tsx';
import type { SheetName } from './sheet-name.ts';

interface SheetProps {
  readonly name: SheetName;
  readonly process: ProcessId;
  readonly onDone: () => void;
}

/** The form that is open. Loaded when the first is opened. */
export function Sheet({ name, process, onDone }: SheetProps): ReactNode {
  const key = processKey(process);
  switch (name) {
    case 'crash':
      return <CrashSheet process={process} onDone={onDone} />;
    case 'restart':
      return <RestartSheet key={key} process={process} onDone={onDone} />;
    case 'byzantine':
      return <ByzantineSheet key={key} process={process} onDone={onDone} />;
    case 'send':
      return <SendSheet key={key} process={process} onDone={onDone} />;
    case 'partition':
      return <PartitionSheet onDone={onDone} />;
    case 'network':
      return <NetworkSheet onDone={onDone} />;
    case 'rules':
      return <RulesSheet onDone={onDone} />;
  }
}
