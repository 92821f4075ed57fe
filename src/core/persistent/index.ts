/** The public face of persistent programming. */
export { Awaitable } from './engine/awaitable.ts';
export { all, any } from './engine/combinators.ts';
export { Condition } from './engine/condition.ts';
export { Engine, type EngineOptions, type ObjectChange } from './engine/engine.ts';
export { Quorum } from './engine/quorum.ts';
export { now, post, random, sleep, touch } from './engine/services.ts';
export type { WorkflowError } from './engine/workflow-error.ts';
export type { WorkflowView } from './engine/workflows.ts';
export { alias, persistable } from './store/class-kind.ts';
export { PersistentList } from './store/persistent-list.ts';
export { PersistentMap } from './store/persistent-map.ts';
export { StoreError } from './store/store-error.ts';
export { StreamEndError, TimeoutError } from './streams/next.ts';
export type { Subscription } from './streams/observer.ts';
export type { Queue } from './streams/queue.ts';
export { Source } from './streams/source.ts';
export type { Stream } from './streams/stream.ts';
