/** What can be seen and done in the notification area while the relay is hosted by the desktop application. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../fakes/free-port.ts';
import { eventually } from '../fakes/relay-process.ts';
import { answerQuestions, askedQuestions, closeWindow, isWindowVisible, queueOf, quit } from './console-checks.ts';
import { callFromPage, expect, test } from './desktop-test.ts';
import { clickTrayItem, itemOf, trayBecomes, trayOf } from './tray-checks.ts';

test('the tray shows the state of the relay and opens the window again', async ({ desktop }) => {
  const application = desktop.launch();
  const page = await application.firstWindow();
  await trayBecomes(
    application,
    ({ image, toolTip }) => image === 'running.png' && toolTip.includes('Messages in the queue: 0'),
  );
  await callFromPage(page, 'server.pause', { serverId: '1' });
  await trayBecomes(application, ({ image }) => image === 'paused.png');
  await callFromPage(page, 'server.stop', { serverId: '1' });
  await trayBecomes(application, ({ image }) => image === 'stopped.png');
  await callFromPage(page, 'server.start', { serverId: '1' });
  await desktop.sendMail('Its next hop is down');
  await trayBecomes(
    application,
    ({ image, toolTip }) => image === 'down.png' && toolTip.includes('Messages in the queue: 1'),
  );
  await closeWindow(application);
  await expect.poll(() => isWindowVisible(application)).toBe(false);
  await clickTrayItem(application, 'open');
  await expect.poll(() => isWindowVisible(application)).toBe(true);
});

test('mail that waits without anything being wrong has an icon of its own', async ({ desktop }) => {
  const application = desktop.launch();
  const page = await application.firstWindow();
  const { nextHop } = await callFromPage(page, 'route.explain', { serverId: '1', address: 'admin@example.org' });
  await callFromPage(page, 'destination.freeze', { serverId: '1', nextHop, frozen: true });
  await desktop.sendMail('Waits for the destination to be thawed');
  await trayBecomes(application, ({ image }) => image === 'waiting.png');
});

test('Stop asks and Cancel changes nothing; Start and Pause act at once', async ({ desktop }) => {
  const application = desktop.launch();
  const page = await application.firstWindow();
  const state = async () => (await callFromPage(page, 'status.get', null)).servers[0]?.state;
  await trayBecomes(application, (tray) => itemOf(tray, 'stop-1')?.enabled === true);

  await answerQuestions(application, 1);
  await clickTrayItem(application, 'stop-1');
  const [question] = await eventually(
    () => askedQuestions(application),
    (asked) => asked.length === 1,
  );
  expect(question?.message).toBe('Stop “SMTP Virtual Server #1”?');
  expect(question).toMatchObject({ defaultId: 1, cancelId: 1, buttons: ['Stop', 'Cancel'] });
  expect(await state()).toBe('started');

  await answerQuestions(application, 0);
  await clickTrayItem(application, 'stop-1');
  await trayBecomes(application, (tray) => itemOf(tray, 'start-1')?.enabled === true);
  expect(await state()).toBe('stopped');
  await expect(desktop.sendMail('Nobody there')).rejects.toThrow('ECONNREFUSED');

  await clickTrayItem(application, 'start-1');
  await eventually(state, (now) => now === 'started');
  await trayBecomes(application, (tray) => itemOf(tray, 'pause-1')?.enabled === true);
  await clickTrayItem(application, 'pause-1');
  await eventually(state, (now) => now === 'paused');
  await trayBecomes(application, (tray) => itemOf(tray, 'pause-1')?.checked === true);
  await clickTrayItem(application, 'pause-1');
  await eventually(state, (now) => now === 'started');
});

test('each of several servers is handled by itself', async ({ desktop }) => {
  const application = desktop.launch();
  const page = await application.firstWindow();
  const listen = [`127.0.0.1:${await freePort()}`];
  const second = await callFromPage(page, 'server.create', { name: 'Scanner', listen });
  const tray = await trayBecomes(application, (now) => itemOf(now, `server-${second.id}`) !== undefined);
  expect(itemOf(tray, `server-${second.id}`)?.label).toBe('Scanner: running, 0 queued');
  expect(tray?.toolTip.split('\n')).toEqual([
    'SMTP Relay Manager',
    'SMTP Virtual Server #1: running, 0 queued',
    'Scanner: running, 0 queued',
  ]);

  await answerQuestions(application, 0);
  await clickTrayItem(application, `stop-${second.id}`);
  const states = async () => (await callFromPage(page, 'status.get', null)).servers.map(({ state }) => state);
  await eventually(states, ([, two]) => two === 'stopped');
  expect(await states()).toEqual(['started', 'stopped']);
  await trayBecomes(
    application,
    ({ image, toolTip }) => image === 'running.png' && toolTip.includes('Scanner: stopped'),
  );
});

test('an order that comes too late is refused in a box, in the language of the console', async ({ desktop }) => {
  const application = desktop.launch({ language: 'de-DE' });
  const page = await application.firstWindow();
  const { id: serverId } = await callFromPage(page, 'server.create', {
    name: 'Scanner',
    listen: [`127.0.0.1:${await freePort()}`],
  });
  await callFromPage(page, 'server.stop', { serverId });
  await trayBecomes(application, (tray) => itemOf(tray, `start-${serverId}`)?.enabled === true);
  await answerQuestions(application, 0);
  // Deleted and started in one go: the menu that somebody has open does not know yet.
  await callFromPage(page, 'server.delete', { serverId });
  await clickTrayItem(application, `start-${serverId}`);
  const [box] = await eventually(
    () => askedQuestions(application),
    (asked) => asked.length === 1,
  );
  expect(box?.message).toMatch(/^Das gibt es nicht mehr\.\n\n.*2/);
});

test('Retry all tries everything that waits again, of every server', async ({ desktop }) => {
  const application = desktop.launch();
  const page = await application.firstWindow();
  await desktop.sendMail('Its next hop is down');
  const attempts = async () => (await queueOf(page)).rows[0]?.attempts ?? 0;
  const first = await eventually(attempts, (made) => made > 0);
  await trayBecomes(application, (tray) => itemOf(tray, 'retryAll')?.enabled === true);
  await clickTrayItem(application, 'retryAll');
  await eventually(attempts, (made) => made > first);
});

test('the console chooses the language of the tray, and of the next start', async ({ desktop }) => {
  const application = desktop.launch();
  const page = await application.firstWindow();
  await trayBecomes(application, (tray) => itemOf(tray, 'open')?.label === 'Open console');
  await page.getByRole('menuitem', { name: 'View' }).click();
  await page.getByRole('menuitem', { name: 'Language' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Deutsch' }).click();
  const tray = await trayBecomes(application, (now) => itemOf(now, 'open')?.label === 'Konsole öffnen');
  expect(tray?.toolTip).toContain('Das Relay läuft');

  await answerQuestions(application, 0);
  await quit(application).catch(() => {}); // it may be gone before it answers
  await application.exitCode;
  writeFileSync(join(desktop.dataFolder, 'settings.json'), '{ "version": 1, ');
  const next = desktop.launch();
  expect(await next.exitCode).toBe(3);
  expect(next.output()).toContain('error box: SMTP Relay Manager konnte nicht gestartet werden');
});

test('Quit in the tray asks in the language of the system', async ({ desktop }) => {
  const application = desktop.launch({ language: 'de-AT' });
  await application.firstWindow();
  await trayBecomes(application, (tray) => itemOf(tray, 'quit') !== undefined);
  await answerQuestions(application, 1);
  await clickTrayItem(application, 'quit');
  const [question] = await eventually(
    () => askedQuestions(application),
    (asked) => asked.length === 1,
  );
  expect(question?.message).toBe('SMTP Relay Manager und damit das Relay beenden?');
  expect(question?.buttons).toEqual(['Programm und Relay beenden', 'Abbrechen']);
});

test('the option to start at logon is the same in tray and console', async ({ desktop }) => {
  const application = desktop.launch({ platform: 'darwin' });
  const page = await application.firstWindow();
  const entry = () =>
    application.inspect(
      ({ app }) => (app as unknown as { loginItem: { openAtLogin: boolean } }).loginItem.openAtLogin,
      null,
    );
  const inConsole = async () => {
    await page.getByRole('menuitem', { name: 'File' }).click();
    return page.getByRole('menuitemcheckbox', { name: 'Start when I log on' });
  };
  await trayBecomes(application, (tray) => itemOf(tray, 'startAtLogon')?.checked === false);
  await clickTrayItem(application, 'startAtLogon');
  await trayBecomes(application, (tray) => itemOf(tray, 'startAtLogon')?.checked === true);
  expect(await entry()).toBe(true);

  const item = await inConsole();
  await expect(item).toHaveAttribute('aria-checked', 'true');
  await item.click();
  await trayBecomes(application, (tray) => itemOf(tray, 'startAtLogon')?.checked === false);
  expect(await entry()).toBe(false);
});

test('where the system keeps no list of what starts at logon, nothing offers it', async ({ desktop }) => {
  const application = desktop.launch({ platform: 'linux' });
  const page = await application.firstWindow();
  await trayBecomes(application, (tray) => itemOf(tray, 'stop-1') !== undefined);
  expect(itemOf(await trayOf(application), 'startAtLogon')).toBeUndefined();
  await page.getByRole('menuitem', { name: 'File' }).click();
  await expect(page.getByRole('menuitem', { name: 'Close window' })).toBeVisible();
  await expect(page.getByText('Start when I log on')).toHaveCount(0);
});
