/** The part of `navigator.serviceWorker` that is used. */
export type ServiceWorkers = Pick<
  ServiceWorkerContainer,
  'register' | 'controller' | 'addEventListener'
>;

/** What a page is told of a version that has been fetched and waits. */
export type WaitingVersion = (takeOver: () => void) => void;

/**
 * Keeps the page in this browser. `waits` is told when another version has been fetched: it takes over when it is
 * told to, and `reload` follows when it has.
 */
export async function keepOffline(
  workers: ServiceWorkers,
  program: string,
  waits: WaitingVersion,
  reload: () => void,
): Promise<void> {
  const registration = await workers.register(program);
  const tell = (worker: ServiceWorker): void => {
    waits(() => {
      workers.addEventListener('controllerchange', reload, { once: true });
      worker.postMessage('take over');
    });
  };
  if (registration.waiting !== null && workers.controller !== null) tell(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const worker = registration.installing;
    worker?.addEventListener('statechange', () => {
      // The first version to be installed replaces nothing, and takes over by itself.
      if (worker.state === 'installed' && workers.controller !== null) tell(worker);
    });
  });
}
