/** The part of Web Storage that is used. */
export interface KeptWords {
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
}

/** Where a browser keeps words for this page. One that refuses even to be asked keeps them as long as the page. */
export function webStorage(
  kind: 'local' | 'session',
  scope: { readonly localStorage: KeptWords; readonly sessionStorage: KeptWords } = globalThis,
): KeptWords {
  try {
    return kind === 'local' ? scope.localStorage : scope.sessionStorage;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return forgetful;
  }
}

const words = new Map<string, string>();
const forgetful: KeptWords = {
  getItem: (name) => words.get(name) ?? null,
  setItem: (name, value) => {
    words.set(name, value);
  },
};
