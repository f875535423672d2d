/** The desktop application from start to quit, on the stand-in: real main and preload bundles, real relay, real Chromium. */
import {
  checkBridge,
  checkMailAppears,
  checkMailFlowsWithoutWindow,
  checkQuitAsks,
  checkWindowShowsConsole,
} from './console-checks.ts';
import { expect, test } from './desktop-test.ts';

test('the window shows the console from app://', async ({ desktop }) => {
  await checkWindowShowsConsole(desktop.launch());
});

test('the console itself breaks no rule of its policy', async ({ desktop }) => {
  const page = await desktop.launch().firstWindow();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.reload();
  await page.getByRole('treeitem', { name: 'Queue' }).click();
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  expect(complaints).toEqual([]);
});

test('the page gets exactly send and onFrame', async ({ desktop }) => {
  await checkBridge(desktop.launch());
});

test('a mail sent by SMTP appears in the window', async ({ desktop }) => {
  await checkMailAppears(desktop.launch(), desktop);
});

test('closing the window leaves the relay running', async ({ desktop }) => {
  await checkMailFlowsWithoutWindow(desktop.launch(), desktop);
});

test('Quit asks; Cancel keeps the relay, consent stops it in good order', async ({ desktop }) => {
  await checkQuitAsks(desktop.launch(), desktop);
});
