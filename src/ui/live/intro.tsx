import type { ReactNode } from 'react';

import { useLive } from './live-context.ts';

import styles from './panels.module.css';

/** What this is, before anything runs. */
export function Intro(): ReactNode {
  const hasRun = useLive((state) => state.options !== undefined);
  if (hasRun) return null;
  return (
    <section className={styles['panel']} aria-label="What this is">
      <h2>The same replicas, at full speed</h2>
      <p>
        The lab slows time down for the eye. Here nothing does: the same compiled protocol, a worker
        for each replica, an Ed25519 signature on each message, a commit to a disk before anything
        is sent. What you see is measured four times a second.
      </p>
      <p>
        A crash terminates the worker; a restart is a new one that has nothing but the disk. A
        partition and a Byzantine replica are as real. Meanwhile it is checked that nothing which
        was acknowledged is lost, executed twice or contradicted.
      </p>
      <p>
        Start a load and crash the primary, the replica with the crown: nobody is served until the
        others have changed the view. Then restart it.
      </p>
    </section>
  );
}
