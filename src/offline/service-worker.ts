/*
 * Keeps the built page in this browser, so that it works without a network after the first visit.
 *
 * 1. One cache per build. A build is whole in its cache or its worker is not installed.
 * 2. A new build waits. It takes over only when a page says so: a page that runs has its workers' code, and frames
 *    that are suspended in it, from one build.
 * 3. The build before stays until the next: another tab may still run it and ask for a part it has not loaded yet.
 * 4. What is not in the list is not touched.
 */

interface LifeEvent extends Event {
  waitUntil(done: Promise<unknown>): void;
}

interface FetchEvent extends Event {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

/** The global scope of a service worker, as far as it is used. */
declare const self: {
  readonly pbftLabFiles: Readonly<Record<string, string>>;
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listen: (event: LifeEvent) => void): void;
  addEventListener(type: 'fetch', listen: (event: FetchEvent) => void): void;
  addEventListener(type: 'message', listen: (event: MessageEvent<unknown>) => void): void;
};

const { scope } = self.registration;
const family = `pbft-lab ${scope} `;
const files = new Map(
  Object.entries(self.pbftLabFiles).map(([name, revision]) => [
    new URL(name, scope).href,
    revision,
  ]),
);
const cacheName = family + nameOfBuild();
/** Some servers send whoever asks for this name on to the folder: it is asked for by that. */
const page = new URL('index.html', scope).href;

self.addEventListener('install', (event) => {
  event.waitUntil(keepAll());
});

self.addEventListener('activate', (event) => {
  event.waitUntil(forgetOldBuilds().then(() => self.clients.claim()));
});

self.addEventListener('message', ({ data }) => {
  if (data === 'take over') void self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const address = addressOf(request);
  if (request.method !== 'GET' || address === undefined) return;
  event.respondWith(answer(address, request));
});

/** FNV-1a over the list: another list is another build. */
function nameOfBuild(): string {
  let hash = 0x811c9dc5;
  for (const character of JSON.stringify([...files])) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return hash.toString(16).padStart(8, '0');
}

/** Takes from the builds before what is the same there, and the rest from the network. */
async function keepAll(): Promise<void> {
  const cache = await caches.open(cacheName);
  for (const [address, revision] of files) {
    const key = keyOf(address, revision);
    const known = await caches.match(key);
    if (known !== undefined) await cache.put(key, known);
    else await cache.put(key, await fetched(address === page ? scope : address));
  }
}

async function fetched(address: string): Promise<Response> {
  const response = await fetch(address, { cache: 'no-cache' });
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return response;
}

/** Leaves this build and the one before it; names of caches are in order of their making. */
async function forgetOldBuilds(): Promise<void> {
  const names = await caches.keys();
  const builds = names.filter((name) => name.startsWith(family) && name !== cacheName);
  await Promise.all(builds.slice(0, -1).map((name) => caches.delete(name)));
}

/** Which file a request is for; undefined when it is for none of this page. */
function addressOf({ url, mode }: Request): string | undefined {
  const address = url.replace(/[?#].*$/, '');
  if (mode === 'navigate') return address === scope || address === page ? page : undefined;
  return address.startsWith(new URL('assets/', scope).href) || files.has(address)
    ? address
    : undefined;
}

/** This build's file; else that of the build before; else what the network has. */
async function answer(address: string, request: Request): Promise<Response> {
  const revision = files.get(address);
  const kept =
    revision === undefined
      ? await caches.match(address, { ignoreSearch: true })
      : await caches.match(keyOf(address, revision), { cacheName });
  return kept ?? fetch(request);
}

function keyOf(address: string, revision: string): string {
  return `${address}?revision=${revision}`;
}
