/** How the application ends: asked, told by the system, or not at all when it only hides. */
import { eventually, startRelayProcess } from '../fakes/relay-process.ts';
import { SmtpDialogue } from '../fakes/smtp-dialogue.ts';
import { answerQuestions, askedQuestions, isFolderHeld, isWindowVisible, queueOf, quit } from './console-checks.ts';
import { callFromPage, expect, test } from './desktop-test.ts';
import { trayBecomes, trayOf } from './tray-checks.ts';

test('the quit question names the mail and the connections that are there now', async ({ desktop }) => {
  const application = desktop.launch();
  const page = await application.firstWindow();
  await desktop.sendMail('Its next hop is down');
  const client = await SmtpDialogue.connect(desktop.smtpPort);
  await client.expect('220');
  await eventually(
    () => queueOf(page),
    ({ rows }) => (rows[0]?.attempts ?? 0) > 0,
  );
  await answerQuestions(application, 1);
  await quit(application);
  const [question] = await eventually(
    () => askedQuestions(application),
    (asked) => asked.length === 1,
  );
  client.socket.destroy();
  expect(question?.detail).toContain(`SMTP Virtual Server #1 (127.0.0.1:${desktop.smtpPort})`);
  expect(question?.detail).toContain('messages in the queue, kept for the next start: 1');
  expect(question?.detail).toContain('connections that hand mail in: 1');
});

test('Quit is in the File menu of the console as well', async ({ desktop }) => {
  const application = desktop.launch();
  const page = await application.firstWindow();
  await callFromPage(page, 'status.get', null);
  await answerQuestions(application, 0);
  await page.getByRole('menuitem', { name: 'File' }).click();
  await page.getByRole('menuitem', { name: 'Quit…' }).click();
  expect(await application.exitCode).toBe(0);
  expect(isFolderHeld(desktop)).toBe(false);
});

for (const { system, event } of [
  { system: 'Windows ends the session', event: 'session-end' },
  { system: 'Linux or macOS shuts down', event: 'shutdown' },
] as const) {
  test(`when ${system} the relay stops in good order without a question`, async ({ desktop }) => {
    const application = desktop.launch();
    const page = await application.firstWindow();
    await callFromPage(page, 'status.get', null);
    const held = await application.inspect(({ BrowserWindow, powerMonitor }, event) => {
      const details = {
        held: false,
        preventDefault() {
          this.held = true;
        },
      };
      const source: NodeJS.EventEmitter | undefined =
        event === 'session-end' ? BrowserWindow.getAllWindows()[0] : powerMonitor;
      source?.emit(event, details);
      return details.held;
    }, event);
    // Only where the system waits for those who ask: on Windows it would show a page that blames the program.
    expect(held).toBe(event === 'shutdown');
    expect(await application.exitCode).toBe(0);
    expect(isFolderHeld(desktop)).toBe(false);
    expect(application.output()).not.toContain('level=error');
  });
}

test('that Windows asks whether the session may end stops nothing: it may be called off', async ({ desktop }) => {
  const application = desktop.launch();
  const page = await application.firstWindow();
  await callFromPage(page, 'status.get', null);
  await application.inspect(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.emit('query-session-end', { preventDefault() {} });
  }, null);
  await desktop.sendMail('Still taken in');
  expect(application.process.exitCode).toBeNull();
});

test('a hidden start hosts the relay in the tray; only a start by hand shows the window', async ({ desktop }) => {
  const first = desktop.launch({ args: [...desktop.args, '--hidden'] });
  await first.firstWindow();
  await trayBecomes(first, () => true);
  expect(await isWindowVisible(first)).toBe(false);
  await desktop.sendMail('Taken in without a window');

  const again = desktop.launch({ args: [...desktop.args, '--hidden'] });
  expect(await again.exitCode).toBe(0);
  const starts = () => first.inspect(({ standIn }) => standIn.secondStarts, null);
  await eventually(starts, (seen) => seen.length === 1);
  expect(await isWindowVisible(first)).toBe(false);

  const byHand = desktop.launch();
  expect(await byHand.exitCode).toBe(0);
  await expect.poll(() => isWindowVisible(first)).toBe(true);
  expect(await starts()).toEqual([{ hidden: true }, { hidden: false }]);
});

test('a hidden start beside a relay that runs already leaves nothing behind', async ({ desktop }) => {
  const relay = await startRelayProcess({ dataFolder: desktop.dataFolder, port: desktop.smtpPort });
  try {
    const application = desktop.launch({ args: [...desktop.args, '--hidden'] });
    expect(await application.exitCode).toBe(0);
    await desktop.sendMail('The relay is still there');
  } finally {
    await relay.stop();
  }
});

test('another program on the same folder attaches, says so, and ends without a question', async ({ desktop }) => {
  const host = desktop.launch();
  const hostPage = await host.firstWindow();
  await expect(hostPage).toHaveTitle(/ - SMTP Relay Manager$/);
  const other = desktop.launch({ userDataFolder: `${desktop.userDataFolder}-other` });
  const page = await other.firstWindow();
  await expect(page).toHaveTitle(/ - SMTP Relay Manager \(connected to the program of another session\)$/);
  await page
    .getByRole('tree')
    .getByText(/local computer/)
    .click();
  await expect(page.getByRole('region', { name: 'Relay', exact: true })).toContainText(
    `this program in another session (process ${host.process.pid})`,
  );
  await desktop.sendMail('Seen from both');
  await eventually(
    () => queueOf(page),
    ({ queueTotal }) => queueTotal === 1,
  );
  expect(await trayOf(other)).toBeNull();
  await quit(other).catch(() => {}); // it may be gone before it answers
  expect(await other.exitCode).toBe(0);
  await desktop.sendMail('The host is still there');
});

test('Help says which version this is and where to look, and asks nobody', async ({ desktop }) => {
  const application = desktop.launch();
  const page = await application.firstWindow();
  const version = await application.inspect(({ app }) => app.getVersion(), null);
  await answerQuestions(application, 0);
  await page.getByRole('menuitem', { name: 'Help' }).click();
  await page.getByRole('menuitem', { name: 'Check for a new version…' }).click();
  const [box] = await eventually(
    () => askedQuestions(application),
    (asked) => asked.length === 1,
  );
  expect(box?.message).toBe(`SMTP Relay Manager ${version}`);
  expect(box?.detail).toContain('never looks for new versions itself');
  expect(box?.buttons).toEqual(['Close']);
});
