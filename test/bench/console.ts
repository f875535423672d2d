/**
 * How the console feels over a long and busy queue: first paint, opening and switching, and what the page costs while it follows
 * the queue. A measurement, not a test; test/bench/README.md has results and method.
 *
 *   npm run bench:console -- [--rows 100000] [--changes 200] [--seconds 15] [--folder <a built console>]
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { type Browser, type CDPSession, chromium, type Page } from '@playwright/test';
import playwrightConfig from '../browser/playwright.config.ts';

const root = resolve(import.meta.dirname, '../..');
const repeats = 7;
const gestureLimitMs = 20_000;

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    changes: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '15' },
    folder: { type: 'string' },
  },
});
const seconds = Number(values.seconds);

/** The relay in memory is a process of its own, so that its work is not counted as the console's. */
async function startConsole(): Promise<{ address: string; child: ChildProcess }> {
  const options = ['--port', '0', '--rows', values.rows, '--changes', values.changes];
  if (values.folder !== undefined) options.push('--folder', values.folder);
  const child = spawn(process.execPath, [join(root, 'test/fakes/fake-console.ts'), ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('http://')) return { address: line, child };
  }
  throw new Error('The console over the relay in memory did not start.');
}

const median = (all: readonly number[]): number => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;
const greatest = (all: readonly number[]): number => Math.max(...all);
const ms = (value: number): string => `${value.toFixed(0)} ms`;
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

interface Gesture {
  readonly name: string;
  /** CSS selector of what is clicked, and how. */
  readonly on: string;
  readonly event: 'click' | 'dblclick';
  /** There when the gesture has had its effect. */
  readonly until: string;
  readonly afterwards?: (page: Page) => Promise<void>;
}

/** From the event to the frame after the one that shows its effect, as the page itself sees it. */
const timeOf = (page: Page, { on, event, until }: Gesture): Promise<number> =>
  page.evaluate(
    ([target, name, sign, limitMs]) =>
      new Promise<number>((settle, fail) => {
        const element = document.querySelector(target);
        if (element === null) return fail(new Error(`There is no ${target}.`));
        const start = performance.now();
        element.dispatchEvent(new MouseEvent(name, { bubbles: true }));
        const look = (): void => {
          if (performance.now() > start + limitMs) fail(new Error(`After ${name} on ${target} no ${sign} came.`));
          else if (document.querySelector(sign) !== null)
            requestAnimationFrame(() => settle(performance.now() - start));
          else requestAnimationFrame(look);
        };
        look();
      }),
    [on, event, until, gestureLimitMs] as const,
  );

const queueGrid = '[role="grid"][aria-label="Queued messages"]';
const closeDialog = async (page: Page): Promise<void> => {
  await page.keyboard.press('Escape');
  await page.locator('[role="dialog"]').waitFor({ state: 'detached' });
};
const tab = (name: string): Gesture => ({
  name: `Message properties: to the tab ${name}`,
  on: `[role="tab"][id$="-${name}"]`,
  event: 'click',
  until: `[role="tabpanel"][aria-labelledby$="-${name}"]`,
  // The next time it must be another tab again.
  afterwards: async (page) => await page.locator('[role="tab"][id$="-general"]').click(),
});

async function measureGesture(page: Page, gesture: Gesture): Promise<void> {
  const times: number[] = [];
  for (let turn = 0; turn < repeats; turn += 1) {
    times.push(await timeOf(page, gesture));
    await gesture.afterwards?.(page);
  }
  report(gesture.name, `${ms(median(times))}, at worst ${ms(greatest(times))}`);
}

const report = (name: string, value: string): void => console.log(`${name.padEnd(52)} ${value}`);

async function cpuSeconds(browser: CDPSession): Promise<number> {
  const { processInfo } = await browser.send('SystemInfo.getProcessInfo');
  return processInfo.filter(({ type }) => type === 'renderer').reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}

/** Longest tasks and the gaps between frames while the page follows the queue and nobody touches it. */
const watchFrames = (page: Page, lengthMs: number) =>
  page.evaluate(
    (length) =>
      new Promise<{ longTasksMs: number[]; widestGapMs: number }>((settle) => {
        const longTasksMs: number[] = [];
        const observer = new PerformanceObserver((list) => {
          for (const { duration } of list.getEntries()) longTasksMs.push(duration);
        });
        observer.observe({ entryTypes: ['longtask'] });
        const end = performance.now() + length;
        let last = performance.now();
        let widestGapMs = 0;
        const frame = (now: number): void => {
          widestGapMs = Math.max(widestGapMs, now - last);
          last = now;
          if (now < end) return void requestAnimationFrame(frame);
          observer.disconnect();
          settle({ longTasksMs, widestGapMs });
        };
        requestAnimationFrame(frame);
      }),
    lengthMs,
  );

async function measureFollowing(browser: Browser, page: Page, name: string): Promise<void> {
  const session = await browser.newBrowserCDPSession();
  const before = await cpuSeconds(session);
  const startMs = performance.now();
  await page.waitForTimeout(seconds * 1_000);
  const elapsedS = (performance.now() - startMs) / 1_000;
  const share = ((await cpuSeconds(session)) - before) / elapsedS;
  await session.detach();
  // Afterwards: asking for every frame costs something itself.
  const { longTasksMs, widestGapMs } = await watchFrames(page, seconds * 1_000);
  report(`${name}: renderer process, share of one core`, percent(share));
  report(
    `${name}: tasks of more than 50 ms`,
    `${longTasksMs.length}, the longest ${ms(greatest([0, ...longTasksMs]))}`,
  );
  report(`${name}: widest gap between two frames`, ms(widestGapMs));
}

const { address, child } = await startConsole();
const browser = await chromium.launch(playwrightConfig.use?.launchOptions);
try {
  const page = await browser.newPage({ viewport: { width: 1_280, height: 820 }, locale: 'en-US' });
  await page.goto(address);
  await page.getByRole('tree').getByText('Queue', { exact: true }).waitFor();
  const paintMs = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0);
  report('First paint', ms(paintMs));
  await page
    .getByRole('tree')
    .getByText('Queue', { exact: true })
    .evaluate((node) => node.setAttribute('data-bench', 'queue'));
  report(
    'Queue chosen in the tree, first rows on the screen',
    ms(
      await timeOf(page, {
        name: '',
        on: '[data-bench="queue"]',
        event: 'click',
        until: `${queueGrid} [data-index="5"] svg`,
      }),
    ),
  );

  await measureFollowing(browser, page, 'Following, top of the list');
  await page.locator(queueGrid).evaluate((grid) => grid.scrollTo(0, grid.scrollHeight / 2));
  await page.locator(`${queueGrid} [data-index] svg`).first().waitFor();
  await measureFollowing(browser, page, 'Following, middle of the list');

  const row = `${queueGrid} [role="row"][data-index] [role="gridcell"]`;
  // One that stays for the time being is selected; a double-click then opens it.
  await page.locator(row).first().dispatchEvent('mousedown');
  await measureGesture(page, {
    name: 'Message properties: the dialog, by double-click',
    on: row,
    event: 'dblclick',
    until: '[role="dialog"]',
    afterwards: closeDialog,
  });
  await measureGesture(page, {
    name: 'Message properties: the dialog with its contents',
    on: row,
    event: 'dblclick',
    until: '[role="dialog"] [role="tabpanel"]',
    afterwards: closeDialog,
  });
  await timeOf(page, { name: '', on: row, event: 'dblclick', until: '[role="dialog"] [role="tabpanel"]' });
  for (const name of ['attempts', 'headers', 'text', 'source']) await measureGesture(page, tab(name));
  await closeDialog(page);
} finally {
  await browser.close();
  child.kill();
}
