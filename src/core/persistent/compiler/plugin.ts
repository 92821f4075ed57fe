import type { Plugin } from 'vite';

/** Compiles modules that begin with `'use persistent'`. */
export function persistent(): Plugin {
  return { name: 'persistent', enforce: 'pre' };
}
