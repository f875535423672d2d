/** What must hold on every runtime: the same body runs on the stand-in and on real Electron. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { eventually } from '../fakes/relay-process.ts';
import type { DesktopApplication } from './desktop-application.ts';
import { callFromPage, type Place } from './desktop-test.ts';

export const queueOf = (page: Page) =>
  callFromPage(page, 'queue.list', {
    serverId: '1',
    filter: {},
    sort: { by: 'receivedAtMs', descending: true },
    offset: 0,
    limit: 100,
  });

export const isWindowVisible = (application: DesktopApplication): Promise<boolean> =>
  application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().some((window) => window.isVisible()), null);

export const closeWindow = (application: DesktopApplication): Promise<void> =>
  application.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.close();
  }, null);

/** From now on each question is answered with this button; the questions are kept. */
export const answerQuestions = (application: DesktopApplication, button: number): Promise<void> =>
  application.evaluate(({ dialog }, response) => {
    const asked: unknown[] = [];
    Object.assign(globalThis, { asked });
    dialog.showMessageBox = async (...args: readonly unknown[]) => {
      asked.push(args.at(-1));
      return { response, checkboxChecked: false };
    };
  }, button);

export interface Question {
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly string[];
  readonly defaultId: number;
  readonly cancelId: number;
}

export const askedQuestions = (application: DesktopApplication): Promise<readonly Question[]> =>
  application.evaluate(() => (globalThis as unknown as { asked: Question[] }).asked, null);

export const quit = (application: DesktopApplication): Promise<void> =>
  application.evaluate(({ app }) => app.quit(), null);

export async function checkWindowShowsConsole(application: DesktopApplication): Promise<void> {
  const page = await application.firstWindow();
  await expect(page).toHaveTitle(/SMTP Relay Manager/);
  await expect(page.getByRole('tree')).toContainText('SMTP Virtual Server #1');
  const url = await application.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL(),
    null,
  );
  expect(url).toBe('app://console/index.html');
}

export async function checkBridge(application: DesktopApplication): Promise<void> {
  const page = await application.firstWindow();
  const seen = await page.evaluate(() => {
    const { bridge } = globalThis as unknown as { bridge: object };
    const leaks = ['require', 'process', 'module', 'electron', 'ipcRenderer', 'Buffer'].filter(
      (name) => name in globalThis,
    );
    return { members: Object.keys(bridge).sort(), leaks };
  });
  expect(seen).toEqual({ members: ['onFrame', 'send'], leaks: [] });
}

export async function checkMailAppears(application: DesktopApplication, place: Place): Promise<void> {
  const page = await application.firstWindow();
  await page.getByRole('treeitem', { name: 'Queue' }).click();
  await place.sendMail('Certificate issued: 4711');
  await expect(page.getByText('Certificate issued: 4711')).toBeVisible();
}

export async function checkMailFlowsWithoutWindow(application: DesktopApplication, place: Place): Promise<void> {
  const page = await application.firstWindow();
  const before = (await queueOf(page)).queueTotal;
  await closeWindow(application);
  await expect.poll(() => isWindowVisible(application)).toBe(false);
  await place.sendMail('Sent while the window is closed');
  await eventually(
    () => queueOf(page),
    ({ queueTotal }) => queueTotal === before + 1,
  );
}

/** A relay that was stopped in good order has let go of its data folder. */
export const isFolderHeld = ({ dataFolder }: Place): boolean => existsSync(join(dataFolder, 'lock'));

export async function checkQuitAsks(application: DesktopApplication, place: Place): Promise<void> {
  const page = await application.firstWindow();
  await answerQuestions(application, 1);
  await quit(application);
  const [question] = await eventually(
    () => askedQuestions(application),
    (asked) => asked.length === 1,
  );
  expect(question?.detail).toContain('SMTP Virtual Server #1');
  // The default button is the one that changes nothing, in whatever language.
  expect(question).toMatchObject({ defaultId: 1, cancelId: 1 });
  expect(question?.buttons).toHaveLength(2);
  await expect(callFromPage(page, 'status.get', null)).resolves.toMatchObject({ hostedBy: 'desktop' });
  expect(isFolderHeld(place)).toBe(true);

  await answerQuestions(application, 0);
  await quit(application).catch(() => {}); // it may be gone before it answers
  expect(await application.exitCode).toBe(0);
  expect(isFolderHeld(place)).toBe(false);
}
