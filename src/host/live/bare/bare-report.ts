import type { Quantiles } from '#host/live/histogram.ts';
import type { StorageChoice } from '#host/storage/disk.ts';

/** What machinery is measured: as many replicas, clients and bytes as a run of the protocol had. */
export interface BareOptions {
  readonly n: number;
  readonly seed: number;
  readonly batchMax: number;
  readonly pipeline: number;
  readonly clients: number;
  readonly storage: StorageChoice;
  /** What a replica stores for each operation, on average. */
  readonly storedBytes: number;
  /** And how often. */
  readonly commits: number;
  /** Before it is measured; then it is so many times, for so long each. */
  readonly warmMs: number;
  readonly windows: number;
  readonly windowMs: number;
}

/** Counts since the start. */
interface BareTotals {
  readonly messages: number;
  readonly bytes: number;
  readonly signatures: number;
  readonly verifications: number;
  readonly commits: number;
  readonly commitBytes: number;
}

/** One of the times in which it was measured. */
export interface BareWindow {
  readonly operations: number;
  readonly ms: number;
  readonly latencyMs: Quantiles | null;
}

/** What the machinery has done. */
export interface BareReport {
  readonly windows: readonly BareWindow[];
  /** In all of them. */
  readonly totals: BareTotals;
}

/** What a thread has done so far. */
export interface BareCounts {
  readonly acknowledged: number;
  readonly signatures: number;
  readonly verifications: number;
  readonly commits: number;
  readonly commitBytes: number;
  readonly messages: number;
  readonly bytes: number;
  /** Of the clients, since it was asked last. */
  readonly latencyMs: Quantiles | null;
}

/** What a thread is to be. */
export type BareOrder =
  | { readonly role: 'bus'; readonly ports: readonly (readonly [number, MessagePort])[] }
  | {
      readonly role: 'replica';
      readonly replica: number;
      readonly options: BareOptions;
      readonly halves: Uint8Array;
      readonly port: MessagePort;
      readonly disk: string;
    }
  | {
      readonly role: 'clients';
      readonly options: BareOptions;
      readonly halves: Uint8Array;
      readonly port: MessagePort;
    };
