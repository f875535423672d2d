import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

/** Each test starts a relay and asks it through the command line: programs that need not be compiled each time. */
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'smtp-relay-compile-cache');

/** Flags for a Chromium that neither calls home nor depends on the fonts and the GPU of the machine. */
const chromiumFlags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
  // Chromium's sandbox refuses to run as root, as in containers.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

export default defineConfig({
  testDir: '.',
  outputDir: '../output/browser',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // Each test has a relay, a data folder and ports of its own.
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  reporter: 'list',
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 820 },
    locale: 'en-US',
    timezoneId: 'Europe/Berlin',
    screenshot: 'only-on-failure',
    // TRACE=1 records what a failing test did; recording every test would make the whole twice as slow.
    trace: process.env.TRACE === undefined ? 'off' : 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium-headless-shell',
      args: chromiumFlags,
    },
  },
});
