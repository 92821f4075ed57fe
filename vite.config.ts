import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

import { persistent } from './src/core/persistent/compiler/plugin.ts';

export default defineConfig({
  base: './',
  plugins: [persistent(), react()],
  worker: { format: 'es', plugins: () => [persistent()] },
  build: { target: 'es2023', sourcemap: true },
  test: { include: ['src/**/*.test.{ts,tsx}'] },
});
