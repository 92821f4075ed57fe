import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

import { persistent } from './src/core/persistent/compiler/plugin.ts';
import { offline } from './src/offline/offline-plugin.ts';

export default defineConfig({
  base: './',
  plugins: [persistent(), react(), withoutPolicyInDevelopment(), offline()],
  worker: { format: 'es', plugins: () => [persistent()] },
  build: {
    target: 'es2023',
    sourcemap: true,
    // What a page begins with is one file: two dozen small ones are 5 % more, and later.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'page', tags: ['$initial'] }] } },
    },
  },
  // A shared machine may be slow: only what hangs is cut short.
  test: {
    include: ['src/**/*.test.{ts,tsx}'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // By itself the runner leaves one core idle, which is half of a small machine.
    maxWorkers: '100%',
  },
});

/** The development server injects styles and scripts into the page, which the policy refuses; what is built keeps it. */
function withoutPolicyInDevelopment(): Plugin {
  return {
    name: 'without-policy-in-development',
    apply: 'serve',
    transformIndexHtml: (html) =>
      html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ''),
  };
}
