import { useEffect, useRef, type MouseEvent, type ReactNode } from 'react';

import type { LabState, Selection } from '#lab/lab-state.ts';
import { inspectionsAt } from '#lab/past-states.ts';
import { reelOf, useWholeLab } from '#ui/lab-context.ts';
import { anchorsOf, type StageLayout } from '#ui/picture/stage-layout.ts';
import { isBetweenEvents, useStill } from '#ui/use-moving.ts';

import { FlightPool, type FlightStyle } from './flight-pool.ts';
import { PulsePool } from './pulse-pool.ts';
import { TimerPool } from './timer-pool.ts';

import styles from './moving-layer.module.css';

interface MovingLayerProps {
  readonly layout: StageLayout;
}

/** Where an arrow stands for people who want no motion. */
const stillProgress = 0.55;

/** What moves with the playhead: messages in flight, commits to disk, timers. React only gives it its place. */
export function MovingLayer({ layout }: MovingLayerProps): ReactNode {
  const { store, commands } = useWholeLab();
  const isStill = useStill();
  const flights = useRef<SVGGElement>(null);
  const pulses = useRef<SVGGElement>(null);
  const timers = useRef<SVGGElement>(null);

  useEffect(() => {
    if (flights.current === null || pulses.current === null || timers.current === null) {
      return undefined;
    }
    const pool = new FlightPool(flights.current, styleOf(layout, isStill));
    const pulsePool = new PulsePool(pulses.current, layout.replicas);
    const pulseRoot = pulses.current;
    const timerPool = new TimerPool(timers.current, layout, isStill);
    const timerRoot = timers.current;

    const draw = (state: LabState): void => {
      const picture = reelOf(state.trace).at(state.nowMs);
      pool.draw(picture, state.nowMs);
      if (!isStill) pulsePool.draw(picture, state.nowMs);
      timerPool.draw(inspectionsAt(state), state.nowMs);
    };
    const light = (state: LabState): void => {
      pool.light([...litMessages(state.selection), ...litMessages(state.hovered)]);
    };
    draw(store.getState());
    light(store.getState());
    const unsubscribe = store.subscribe((state, before) => {
      const isSkipped = isStill && isBetweenEvents(state, before);
      if (!isSkipped && looksDifferent(state, before)) draw(state);
      if (state.selection !== before.selection || state.hovered !== before.hovered) light(state);
    });
    return () => {
      unsubscribe();
      pool.clear();
      pulseRoot.replaceChildren();
      timerRoot.replaceChildren();
    };
  }, [store, layout, isStill]);

  return (
    <>
      <g ref={timers} className={styles['timers']} />
      <g ref={pulses} className={styles['pulses']} />
      <g
        ref={flights}
        className={styles['flights']}
        onClick={(event) => point(event, (message) => commands.select(message))}
        onMouseOver={(event) => point(event, (message) => commands.hover(message))}
        onMouseOut={() => commands.hover(undefined)}
      />
    </>
  );
}

function styleOf(layout: StageLayout, isStill: boolean): FlightStyle {
  return {
    anchors: anchorsOf(layout),
    size: sizeOf(layout.replicas.length),
    stillAt: isStill ? stillProgress : undefined,
  };
}

/** Whether anything that this layer shows may have changed. */
function looksDifferent(state: LabState, before: LabState): boolean {
  return (
    state.nowMs !== before.nowMs ||
    state.traceLength !== before.traceLength ||
    state.trace !== before.trace ||
    state.inspections !== before.inspections ||
    state.past !== before.past
  );
}

/** Many replicas send many more messages: smaller glyphs leave room between them. */
function sizeOf(replicas: number): number {
  if (replicas <= 6) return 1;
  return replicas <= 8 ? 0.82 : 0.66;
}

function litMessages(selection: Selection): readonly number[] {
  return selection?.kind === 'message' ? [selection.message] : [];
}

function point(event: MouseEvent, act: (selection: Selection) => void): void {
  const message = messageAt(event.target);
  if (message !== undefined) act({ kind: 'message', message });
}

function messageAt(target: EventTarget): number | undefined {
  if (!(target instanceof Element)) return undefined;
  const glyph = target.closest('[data-message]');
  return glyph === null ? undefined : Number(glyph.getAttribute('data-message'));
}
