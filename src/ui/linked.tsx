import type { ReactNode } from 'react';

import type { Selection } from '#lab/lab-state.ts';

import { useCommands, useLab } from './lab-context.ts';

interface LinkedProps {
  readonly to: NonNullable<Selection>;
  readonly className?: string | undefined;
  readonly title?: string;
  readonly children: ReactNode;
}

/** Words that stand for something of the run: to point at or focus them lights it in every view, to press them selects it. */
export function Linked({ to, className, title, children }: LinkedProps): ReactNode {
  const commands = useCommands();
  const pressed = useLab((state) => isSame(state.selection, to));
  const lit = useLab((state) => isSame(state.hovered, to));
  const light = (): void => commands.hover(to);
  const dim = (): void => commands.hover(undefined);
  return (
    <button
      data-quiet
      className={className}
      title={title}
      data-lit={lit}
      aria-pressed={pressed}
      onPointerEnter={light}
      onPointerLeave={dim}
      onFocus={light}
      onBlur={dim}
      onClick={() => commands.select(to)}
    >
      {children}
    </button>
  );
}

function isSame(a: Selection, b: NonNullable<Selection>): boolean {
  return a !== undefined && keyOf(a) === keyOf(b);
}

function keyOf(selection: NonNullable<Selection>): string {
  switch (selection.kind) {
    case 'process':
      return `process ${selection.process}`;
    case 'message':
      return `message ${selection.message}`;
    case 'event':
      return `event ${selection.event}`;
    case 'slot':
      return `slot ${selection.sequence}`;
  }
}
