/** Something this page cannot do without, and what a person can do about it. */
interface Lack {
  readonly what: string;
  readonly remedy: string;
}

/** What a look at the browser found. */
export interface Platform {
  /** With any of these the lab cannot run. */
  readonly lacks: readonly Lack[];
  /** False: disks live in memory and are lost with the page; a banner says so. */
  readonly hasIndexedDb: boolean;
  /** Whether there is a private file system, the other place for disks. */
  readonly hasFiles: boolean;
}

/** Looks whether this browser can run the lab. Nothing is kept of what it tries. */
export async function inspectPlatform(scope: PlatformScope = globalThis): Promise<Platform> {
  const lacks: Lack[] = [];
  if (!scope.isSecureContext) {
    lacks.push({
      what: 'a secure context',
      remedy: 'Open the page by https://, or from this machine by http://localhost.',
    });
  }
  if (scope.Worker === undefined || scope.MessageChannel === undefined) {
    lacks.push({ what: 'Web Workers', remedy: 'Use a browser that has module workers.' });
  }
  if (scope.isSecureContext && scope.navigator?.locks === undefined) {
    lacks.push({ what: 'Web Locks', remedy: 'Use a current Chrome, Edge, Firefox or Safari.' });
  }
  if (scope.isSecureContext && !(await signs(scope.crypto?.subtle))) {
    lacks.push({
      what: 'Ed25519 signatures in WebCrypto',
      remedy: 'Use Chrome or Edge 137, Firefox 129, Safari 17, or later.',
    });
  }
  return {
    lacks,
    hasIndexedDb: await stores(scope.indexedDB),
    hasFiles: await keepsFiles(scope.navigator?.storage),
  };
}

/** The globals that are looked at. */
export interface PlatformScope {
  readonly isSecureContext: boolean;
  readonly Worker?: unknown;
  readonly MessageChannel?: unknown;
  readonly navigator?: {
    readonly locks?: unknown;
    readonly storage?: { readonly getDirectory?: () => Promise<unknown> };
  };
  readonly crypto?: { readonly subtle?: SubtleCrypto };
  readonly indexedDB?: IDBFactory;
}

async function signs(subtle: SubtleCrypto | undefined): Promise<boolean> {
  if (subtle === undefined) return false;
  try {
    await subtle.generateKey('Ed25519', false, ['sign', 'verify']);
    return true;
  } catch (error) {
    if (error instanceof DOMException || error instanceof TypeError) return false;
    throw error;
  }
}

/** Some browsers have `indexedDB` in a private window and refuse to open anything. */
function stores(factory: IDBFactory | undefined): Promise<boolean> {
  if (factory === undefined) return Promise.resolve(false);
  return new Promise((resolve) => {
    let request: IDBOpenDBRequest;
    try {
      request = factory.open('pbft-lab:probe');
    } catch {
      // Refused at once (a sandboxed frame): the answer is no, whatever the reason.
      resolve(false);
      return;
    }
    request.addEventListener('error', () => {
      resolve(false);
    });
    request.addEventListener('success', () => {
      request.result.close();
      resolve(true);
    });
  });
}

/** Some browsers have it in a private window and refuse to open it. */
async function keepsFiles(
  storage: { readonly getDirectory?: () => Promise<unknown> } | undefined,
): Promise<boolean> {
  if (storage?.getDirectory === undefined) return false;
  try {
    await storage.getDirectory();
    return true;
  } catch (error) {
    if (error instanceof DOMException || error instanceof TypeError) return false;
    throw error;
  }
}
