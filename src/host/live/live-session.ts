import { holdCluster } from '#host/locks.ts';

import { liveConfiguration, LiveOptionsError } from './live-options.ts';
import type { LiveOptions, LiveSession } from './live-report.ts';
import { LiveRun } from './live-run.ts';

/** The disks of live mode are its own: those of the lab are untouched. */
const cluster = 'live';

let held: Promise<boolean> | undefined;
let isRunning = false;

/** Starts a cluster in real time, and its load. Throws LiveOptionsError. */
export async function startLive(options: LiveOptions): Promise<LiveSession> {
  const configuration = liveConfiguration(options);
  if (isRunning) throw new LiveOptionsError('A live run is under way: stop it first.');
  isRunning = true;
  try {
    held ??= holdCluster(cluster);
    if (!(await held)) {
      held = undefined;
      throw new LiveOptionsError('Another tab runs a live cluster: stop it there first.');
    }
    return await LiveRun.start(cluster, options, configuration, () => {
      isRunning = false;
    });
  } catch (error) {
    isRunning = false;
    throw error;
  }
}
