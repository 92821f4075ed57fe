import type { ProcessId } from '#core/pbft/message.ts';
import type { Inspection } from '#core/replica/inspection.ts';

/** What the host found inside a running process. */
export interface Examination {
  readonly process: ProcessId;
  readonly inspection: Inspection;
  /** Certificates that did not verify from scratch, in words; the host has checked every one. */
  readonly badCertificates: readonly string[];
}
