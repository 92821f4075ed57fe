import { createRoot, type Root } from 'react-dom/client';

import { defined } from '#core/base/assert.ts';
import { History } from '#host/history.ts';
import { holdAnyCluster, holdCluster, holdCorner } from '#host/locks.ts';
import { keepOffline } from '#host/offline.ts';
import { inspectPlatform, type Platform } from '#host/platform.ts';
import { Session, type SessionListener } from '#host/session.ts';
import { webStorage } from '#host/web-storage.ts';
import { chooseStorage } from '#lab/choose-storage.ts';
import { createCommands } from '#lab/create-commands.ts';
import { createLabApi } from '#lab/lab-api.ts';
import { createLabStore, type LabStore } from '#lab/lab-store.ts';
import { Lab } from '#lab/lab.ts';
import { keepProgress } from '#lab/lessons/progress.ts';
import { LiveDoor } from '#lab/live/live-door.ts';
import { openFirst, openSharedIn } from '#lab/opening.ts';
import { PastStates } from '#lab/past-states.ts';
import { keepPreferences } from '#lab/preferences.ts';
import { showFailures, showProblem } from '#lab/problems.ts';
import { traceFeed } from '#lab/trace-feed.ts';
import { getUnderway } from '#lab/underway.ts';
import { addressOf, modeOf, parseUrlParameters, type UrlParameters } from '#lab/url-parameters.ts';
import { App } from '#ui/app.tsx';
import { LabContext } from '#ui/lab-context.ts';

import { showPlainPage } from './plain-page.ts';

/** Survives a reload and belongs to one tab: which cluster this tab shows. */
const clusterName = 'pbft-lab:cluster';
const place = defined(document.getElementById('root'), 'the page has a place for the lab');

/** What React draws; gone before anything else is shown in its place, since it may not have drawn yet. */
let drawn: Root | undefined;

// Not awaited: a part that is loaded later may import from this module, and would wait for its end.
void start().catch((error: unknown) => {
  drawn?.unmount();
  const says = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const isOfStorage = error instanceof Error && error.name === 'StorageError';
  if (isOfStorage) {
    showPlainPage(
      place,
      'The disks of this cluster cannot be opened',
      [says, 'Nothing of it is changed. Another cluster has disks of its own.'],
      { label: 'Open a new cluster', act: () => void turnToAnother() },
    );
    return;
  }
  showPlainPage(place, 'PBFT Lab could not start', [
    says,
    'Load the page again. If that does not help, another browser or a fresh profile may.',
  ]);
});

/** This tab shows another cluster from its next beginning on. */
async function turnToAnother(): Promise<void> {
  webStorage('session').setItem(clusterName, await holdAnyCluster('cluster-2'));
  location.reload();
}

async function start(): Promise<void> {
  const platform = await inspectPlatform();
  const { lacks } = platform;
  if (lacks.length > 0) {
    const says = lacks.map(({ what, remedy }) => `It lacks ${what}. ${remedy}`);
    showPlainPage(place, 'PBFT Lab cannot run in this browser', says);
    return;
  }
  if (new URLSearchParams(location.search).has('corner')) {
    await startCorner(platform.hasIndexedDb);
    return;
  }
  const { parameters } = parseUrlParameters(location.search);
  if (modeOf(parameters) === 'embed') {
    // A page may hold several, and none of them is come back to.
    await open(await holdAnyCluster('embedded'), platform);
    return;
  }
  const cluster = webStorage('session').getItem(clusterName) ?? 'main';
  if (await holdCluster(cluster)) await open(cluster, platform);
  else {
    showPlainPage(
      place,
      'This cluster is open in another tab',
      [
        'Its replicas live there, and each has one disk. Close that tab and load this page again, or open another cluster here.',
      ],
      { label: 'Open a new cluster', act: () => void openAnother(platform) },
    );
  }
}

/** Its samples have one disk each, so one tab has them. */
async function startCorner(hasIndexedDb: boolean): Promise<void> {
  if (await holdCorner()) {
    const { openCorner } = await import('./corner.tsx');
    await openCorner(place, hasIndexedDb);
  } else {
    showPlainPage(place, 'Persistent programming is open in another tab', [
      'Its programs run there, and each has one disk. Close that tab and load this page again.',
    ]);
  }
}

async function openAnother(platform: Platform): Promise<void> {
  const cluster = await holdAnyCluster('cluster-2');
  webStorage('session').setItem(clusterName, cluster);
  await open(cluster, platform);
}

async function open(cluster: string, platform: Platform): Promise<void> {
  const { parameters, problems } = parseUrlParameters(location.search);
  const mode = modeOf(parameters);
  const { storage, warning } = chooseStorage(wantedStorage(parameters), platform);
  const store = createLabStore({
    mode,
    ...(parameters.rate !== undefined && { rate: parameters.rate }),
  });
  keepPreferences(store, webStorage('local'));
  keepProgress(store, webStorage('local'));
  let broken: ((why: string) => void) | undefined;
  const session = await Session.start(
    { cluster, storage },
    listenerFor(store, (why) => broken?.(why)),
  );
  const lab = new Lab(store, session, {
    request: (frame) => requestAnimationFrame(frame),
    cancel: (handle) => {
      cancelAnimationFrame(handle);
    },
  });
  broken = (why) => {
    lab.fail(new Error(why));
  };
  const past = new PastStates(store, new History(), (error) => {
    lab.fail(error);
  });
  const commands = createCommands(store, lab);
  const live = new LiveDoor(store, (next) => {
    commands.setMode(next);
  });
  const ready = openFirst(store, lab, parameters, location.hash);
  window.pbftLab = createLabApi(store, lab, past, live, ready);
  drawn = createRoot(place);
  drawn.render(
    <LabContext value={{ store, commands, live }}>
      <App />
    </LabContext>,
  );
  for (const problem of problems)
    showProblem(store, 'warning', 'The address was not understood', problem);
  if (warning !== undefined) showProblem(store, 'warning', warning.title, warning.text);
  try {
    await ready;
  } catch (error) {
    lab.fail(error);
    throw error;
  }
  if (mode === 'live') await live.openAs(parameters);
  if (mode !== 'embed') forgetFragment();
  await getUnderway(store);
  await lab.listScenarios();
  keepAddress(store);
  followFragment(store, lab);
  await stayOffline(store);
}

/** What a session tells goes into the store, and what a person must know of it onto the page. */
function listenerFor(store: LabStore, broken: (why: string) => void): SessionListener {
  const feed = traceFeed(store);
  return {
    traced: (from, events) => {
      feed(from, events);
      showFailures(store, events);
    },
    broken,
    unrecorded: (why) => {
      showProblem(store, 'warning', 'Not everything is recorded', why);
    },
    lost: (process, why) => {
      showProblem(
        store,
        'warning',
        `Process ${process} is lost`,
        `Its worker ended unasked: ${why}. Restart it from its disk.`,
      );
    },
  };
}

/** What is shown inside another page leaves nothing behind, unless its address says so. */
function wantedStorage(parameters: UrlParameters): UrlParameters {
  return parameters.embed === true ? { storage: 'memory', ...parameters } : parameters;
}

/** Once the cluster is there, so that keeping the page does not compete with opening it. */
async function stayOffline(store: LabStore): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const program = new URL('service-worker.js', document.baseURI).href;
  const waits = (takeOver: () => void): void => {
    const remedy = { label: 'Load the new version', act: takeOver };
    const text =
      'It waits, so that the code does not change under replicas that run. Loading it is a reload: every replica crashes with the page and restarts from its disk.';
    showProblem(store, 'info', 'A new version of the lab is here', text, remedy);
  };
  try {
    await keepOffline(navigator.serviceWorker, program, waits, () => {
      location.reload();
    });
  } catch (error) {
    if (!(error instanceof DOMException || error instanceof TypeError)) throw error;
    const text = `Without a network this page cannot be loaded again: ${error.message}`;
    showProblem(store, 'warning', 'The page is not kept for offline use', text);
  }
}

/** A link that is opened on this page takes the place of what is on show. */
function followFragment(store: LabStore, lab: Lab): void {
  const follow = async (): Promise<void> => {
    try {
      await openSharedIn(store, lab, location.hash);
      forgetFragment();
    } catch (error) {
      lab.fail(error);
    }
  };
  window.addEventListener('hashchange', () => void follow());
}

/** A shared history is opened once: a page that is loaded again goes on with what became of it. */
function forgetFragment(): void {
  if (location.hash !== '') history.replaceState(null, '', location.pathname + location.search);
}

/** The address says what is shown, so that a reload or a copied link shows the same. */
function keepAddress(store: LabStore): void {
  const write = (): void => {
    const address = addressOf(location.href, store.getState());
    // Browsers allow few changes of the address in a while.
    if (address !== location.href) history.replaceState(null, '', address);
  };
  write();
  store.subscribe((state, before) => {
    const { scenario, scenarioName, mode, lesson } = before;
    const isSame = state.scenario === scenario && state.scenarioName === scenarioName;
    if (!isSame || state.mode !== mode || state.lesson !== lesson) write();
  });
}
