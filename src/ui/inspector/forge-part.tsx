import { lazy, Suspense, useState, type ReactNode } from 'react';

import { identityOf } from '#core/network/process-order.ts';
import { useCommands, useLab, usePicture } from '#ui/lab-context.ts';
import type { Arrow } from '#ui/picture/chronicle.ts';
import { processKey, spokenName } from '#ui/picture/process-name.ts';

const ForgeSheet = lazy(async () => ({ default: (await import('./forge-sheet.tsx')).ForgeSheet }));

interface ForgePartProps {
  readonly arrow: Arrow;
  /** Whether it can still be taken out of the air. */
  readonly inFlight: boolean;
}

/** What the sender of a message can do about what it says, if it is Byzantine: say something else instead, or besides. */
export function ForgePart({ arrow, inFlight }: ForgePartProps): ReactNode {
  const commands = useCommands();
  const live = useLab((state) => state.live);
  const [open, setOpen] = useState<'instead' | 'besides' | undefined>(undefined);
  const sender = identityOf(arrow.from);
  const isLiar = usePicture().processes.get(processKey(sender))?.byzantine !== undefined;
  if (typeof sender !== 'number' || !live) return null;
  if (!isLiar) {
    return inFlight ? (
      <p>Only its sender could say something else: make {spokenName(sender)} Byzantine first.</p>
    ) : null;
  }
  const begin = (how: typeof open): void => {
    commands.pause();
    setOpen(open === how ? undefined : how);
  };
  return (
    <>
      {inFlight ? (
        <button aria-expanded={open === 'instead'} onClick={() => begin('instead')}>
          Tamper…
        </button>
      ) : null}
      <button aria-expanded={open === 'besides'} onClick={() => begin('besides')}>
        Send one like it…
      </button>
      <Suspense>
        {open === undefined ? null : (
          <ForgeSheet
            key={open}
            arrow={arrow}
            sender={sender}
            instead={open === 'instead' && inFlight}
            onDone={() => setOpen(undefined)}
          />
        )}
      </Suspense>
    </>
  );
}
