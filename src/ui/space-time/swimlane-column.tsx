import type { ReactNode } from 'react';

import { useCommands, useLab } from '#ui/lab-context.ts';
import { arrowName } from '#ui/picture/arrow-walk.ts';
import type { Arrow } from '#ui/picture/chronicle.ts';
import type { MessageKind } from '#ui/picture/message-style.ts';
import type { Lanes } from '#ui/picture/space-time.ts';
import { shareOf, type Swimlane, type SwimlaneColumn } from '#ui/picture/swimlane.ts';

import styles from './swimlane-view.module.css';

/** Where a column stands. */
export interface ColumnPlace {
  readonly x: number;
  readonly width: number;
}

interface SwimlaneColumnProps {
  readonly column: SwimlaneColumn;
  readonly place: ColumnPlace;
  readonly lanes: Lanes;
  readonly height: number;
  readonly nowMs: number;
  readonly title: MessageKind;
  readonly executions: Swimlane['executions'];
  /** The message that Tab reaches. */
  readonly reachable: number | undefined;
}

/** One phase: its name, its messages, and who executed at its end. */
export function SwimlaneColumnArrows(props: SwimlaneColumnProps): ReactNode {
  const { column, place, lanes, height, nowMs, title, executions, reachable } = props;
  const x = (ms: number): number => place.x + place.width * (0.06 + 0.84 * shareOf(column, ms));
  return (
    <g data-kind={title}>
      <text className={styles['phase']} x={place.x + place.width / 2} y={14}>
        {title}
      </text>
      <line className={styles['border']} x1={place.x} x2={place.x} y1={4} y2={height} />
      {column.arrows.map((arrow) => (
        <SwimlaneArrow
          key={arrow.message}
          arrow={arrow}
          reachable={arrow.message === reachable}
          state={stateOf(arrow, nowMs)}
          from={{ x: x(arrow.sentAtMs), y: lanes.y(arrow.from) }}
          to={{ x: x(arrow.endsAtMs), y: lanes.y(arrow.to) }}
        />
      ))}
      {executions
        .filter(({ atMs }) => atMs <= nowMs && column.fromMs <= atMs && atMs <= column.toMs)
        .map(({ process, atMs }) => (
          <rect
            key={process}
            className={styles['execution']}
            x={x(atMs) + 4}
            y={lanes.y(process) - 4}
            width={8}
            height={8}
          >
            <title>executed</title>
          </rect>
        ))}
    </g>
  );
}

/** SVG has no element for a button. */
const button = { role: 'button' } as const;

type ArrowState = 'ahead' | 'flying' | 'arrived' | 'lost';

function stateOf({ sentAtMs, endsAtMs, outcome }: Arrow, nowMs: number): ArrowState {
  if (sentAtMs > nowMs) return 'ahead';
  if (outcome === 'lost' && endsAtMs <= nowMs) return 'lost';
  return outcome === 'arrived' && endsAtMs <= nowMs ? 'arrived' : 'flying';
}

interface Point {
  readonly x: number;
  readonly y: number;
}

interface SwimlaneArrowProps {
  readonly arrow: Arrow;
  readonly state: ArrowState;
  readonly from: Point;
  readonly to: Point;
  /** One of all messages is reached by Tab, the others from it by arrows. */
  readonly reachable: boolean;
}

function SwimlaneArrow({ arrow, state, from, to, reachable }: SwimlaneArrowProps): ReactNode {
  const { message } = arrow;
  const commands = useCommands();
  const light = (): void => commands.hover({ kind: 'message', message });
  const dim = (): void => commands.hover(undefined);
  const choose = (): void => commands.select({ kind: 'message', message });
  const isLit = useLab(({ selection, hovered }) =>
    [selection, hovered].some((lit) => lit?.kind === 'message' && lit.message === message),
  );
  const share = state === 'lost' ? 0.45 : 1;
  const end = { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
  const line = { x1: from.x, y1: from.y, x2: end.x, y2: end.y };
  return (
    <g
      className={styles['arrow']}
      data-state={state}
      data-lit={isLit}
      data-message={message}
      {...button}
      tabIndex={reachable ? 0 : -1}
      aria-label={arrowName(arrow, state)}
      onPointerEnter={light}
      onPointerLeave={dim}
      onFocus={light}
      onBlur={dim}
      onClick={choose}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        choose();
      }}
    >
      <line className={styles['reach']} {...line} />
      <line {...line} />
      {state === 'lost' ? (
        <path d={`M${end.x - 3},${end.y - 3}l6,6m-6,0l6,-6`} />
      ) : (
        <circle cx={end.x} cy={end.y} r={2.4} />
      )}
    </g>
  );
}
