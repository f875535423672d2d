import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The console as static files: served by Electron's app:// protocol or by the browser console, both with a strict policy. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome140',
    sourcemap: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // One window, loaded from the local disk: a single file starts sooner than many.
    chunkSizeWarningLimit: 2_000,
  },
});
