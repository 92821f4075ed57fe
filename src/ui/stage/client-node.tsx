import { memo, type ReactNode } from 'react';

import type { ProcessId } from '#core/pbft/message.ts';
import type { Quorums } from '#core/pbft/quorum.ts';
import type { ProcessPicture } from '#ui/picture/process-picture.ts';
import type { ClientPlace } from '#ui/picture/stage-layout.ts';
import { svgButton } from '#ui/svg-button.ts';
import { operationText } from '#ui/words/operation-text.ts';

import styles from './client-node.module.css';

interface ClientNodeProps {
  readonly place: ClientPlace;
  readonly process: ProcessPicture | undefined;
  readonly quorums: Quorums;
  readonly selected: boolean;
  readonly onSelect: (process: ProcessId) => void;
}

/** A client: what it asks for, and how many of the f + 1 equal answers it has. */
export const ClientNode = memo(function ClientNode(props: ClientNodeProps): ReactNode {
  const { place, process, quorums, selected, onSelect } = props;
  const choose = (): void => onSelect(place.process);
  const outstanding = process?.outstanding;
  const words =
    outstanding === undefined ? idleWords(process) : operationText(outstanding.operation);
  const replies = outstanding?.replies.length ?? 0;
  const first = place.compact ? 14 : 20;
  // However many are needed, they stand beside the name.
  const pitch = Math.min(11, (place.width - 48) / quorums.weak);
  return (
    <g
      className={styles['client']}
      data-testid={`client-${place.process}`}
      data-life={process?.life ?? 'up'}
      data-selected={selected}
      aria-pressed={selected}
      aria-label={`Client ${place.process}, ${words}, ${replies} of ${quorums.weak} replies`}
      transform={`translate(${place.x} ${place.y})`}
      {...svgButton(choose)}
    >
      <rect width={place.width} height={place.height} rx="9" />
      <text className={styles['name']} x="10" y={first}>
        {place.process}
      </text>
      <g data-kind="reply" transform={`translate(${place.width - 12} ${first - 4.5})`}>
        <title>{`${replies} of f + 1 = ${quorums.weak} replies`}</title>
        {Array.from({ length: quorums.weak }, (_, i) => (
          <circle
            key={i}
            className={styles['reply']}
            cx={-pitch * (quorums.weak - 1 - i)}
            r={Math.min(4, pitch * 0.4)}
            data-filled={outstanding !== undefined && i < replies}
          />
        ))}
      </g>
      <text className={styles['words']} x="10" y={first + (place.compact ? 14 : 17)}>
        {clipped(words, 16)}
      </text>
      {place.compact ? null : (
        <text className={styles['count']} x="10" y={first + 31}>
          {outstanding === undefined
            ? `${process?.answered ?? 0} answered`
            : `${replies} of f+1 = ${quorums.weak}`}
        </text>
      )}
    </g>
  );
});

function idleWords(process: ProcessPicture | undefined): string {
  if (process === undefined) return 'idle';
  if (process.life !== 'up') return process.life;
  return process.lastResult === undefined ? 'idle' : `→ ${process.lastResult}`;
}

function clipped(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
