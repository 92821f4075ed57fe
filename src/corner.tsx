import { createRoot } from 'react-dom/client';

import { catalogue } from '#core/persistent/samples/catalogue.ts';
import { SampleWorkers } from '#host/corner/sample-worker.ts';
import { webStorage } from '#host/web-storage.ts';
import { createCornerStore } from '#lab/corner/corner-store.ts';
import { createCorner } from '#lab/corner/create-corner.ts';
import { readTheme } from '#lab/preferences.ts';
import { CornerContext } from '#ui/corner/corner-context.ts';
import { CornerPage } from '#ui/corner/corner-page.tsx';

/** Puts the persistent-programming corner into the page in place of the lab. */
export async function openCorner(place: HTMLElement, hasIndexedDb: boolean): Promise<void> {
  const storage = webStorage('local');
  const store = createCornerStore(readTheme(storage));
  const workers = new SampleWorkers(hasIndexedDb);
  const commands = createCorner(
    store,
    { spawn: (died) => workers.spawn(died), storage },
    {
      request: (frame) => requestAnimationFrame(frame),
      cancel: (handle) => {
        cancelAnimationFrame(handle);
      },
    },
  );
  const diskEngine = hasIndexedDb ? 'IndexedDB' : 'memory';
  createRoot(place).render(
    <CornerContext value={{ store, commands, diskEngine }}>
      <CornerPage />
    </CornerContext>,
  );
  store.subscribe(({ sample }, before) => {
    if (sample !== before.sample) keepAddress(sample.name);
  });
  const wanted = new URLSearchParams(location.search).get('corner');
  await commands.choose(catalogue.find(({ name }) => name === wanted)?.name ?? 'ping-pong');
}

/** A reload or a copied link shows the same sample. */
function keepAddress(sample: string): void {
  const url = new URL(location.href);
  url.searchParams.set('corner', sample);
  if (url.href !== location.href) history.replaceState(null, '', url);
}
