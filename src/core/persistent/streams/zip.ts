import { written } from '#core/persistent/store/barrier.ts';
import { persistable } from '#core/persistent/store/class-kind.ts';

import { type Outlet, type Stage, StageBase } from './stage.ts';

/** An event of one of two streams, or its end. */
export type Sided<T, U> =
  | { readonly side: 'left'; readonly value: T }
  | { readonly side: 'right'; readonly value: U }
  | { readonly side: 'left-end' | 'right-end' };

export class LeftSide<T, U> extends StageBase<Sided<T, U>> implements Stage<T, Sided<T, U>> {
  $event(value: T, outlet: Outlet<Sided<T, U>>): void {
    outlet.$emit({ side: 'left', value });
  }

  override $finish(outlet: Outlet<Sided<T, U>>): void {
    outlet.$emit({ side: 'left-end' });
    outlet.$close();
  }
}

export class RightSide<T, U> extends StageBase<Sided<T, U>> implements Stage<U, Sided<T, U>> {
  $event(value: U, outlet: Outlet<Sided<T, U>>): void {
    outlet.$emit({ side: 'right', value });
  }

  override $finish(outlet: Outlet<Sided<T, U>>): void {
    outlet.$emit({ side: 'right-end' });
    outlet.$close();
  }
}

/** Pairs the events of two streams, first with first; ends when no further pair can come. */
export class Zip<T, U>
  extends StageBase<readonly [T, U]>
  implements Stage<Sided<T, U>, readonly [T, U]>
{
  readonly $left: { readonly value: T }[] = [];
  readonly $right: { readonly value: U }[] = [];
  $leftEnded = false;
  $rightEnded = false;

  $event(event: Sided<T, U>, outlet: Outlet<readonly [T, U]>): void {
    written(this);
    if (event.side === 'left') written(this.$left).push({ value: event.value });
    else if (event.side === 'right') written(this.$right).push({ value: event.value });
    else if (event.side === 'left-end') this.$leftEnded = true;
    else this.$rightEnded = true;
    const [left] = this.$left;
    const [right] = this.$right;
    if (left !== undefined && right !== undefined) {
      written(this.$left).shift();
      written(this.$right).shift();
      outlet.$emit([left.value, right.value]);
    }
    const isOver =
      (this.$leftEnded && this.$left.length === 0) ||
      (this.$rightEnded && this.$right.length === 0);
    if (isOver) outlet.$close();
  }
}

persistable(LeftSide, { id: 'runtime#LeftSide' });
persistable(RightSide, { id: 'runtime#RightSide' });
persistable(Zip, { id: 'runtime#Zip' });
