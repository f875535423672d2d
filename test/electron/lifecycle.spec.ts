/** How the application starts, lives on and ends, on the stand-in. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { pipeAddressOf } from '../../electron/host/pipe-client.ts';
import { freePort } from '../fakes/free-port.ts';
import { eventually, startRelayProcess } from '../fakes/relay-process.ts';
import { answerQuestions, closeWindow, isFolderHeld, isWindowVisible, queueOf, quit } from './console-checks.ts';
import { callFromPage, expect, test } from './desktop-test.ts';
import type { StandInApplication } from './stand-in/launch.ts';
import { trayOf } from './tray-checks.ts';

test('signals stop the relay in good order without a question', async ({ desktop }) => {
  const application = desktop.launch();
  const page = await application.firstWindow();
  await callFromPage(page, 'status.get', null);
  // A terminal sends one, `npm start` passes on another.
  application.process.kill('SIGINT');
  application.process.kill('SIGTERM');
  expect(await application.exitCode).toBe(0);
  expect(isFolderHeld(desktop)).toBe(false);
  await expect(desktop.sendMail('Nobody there')).rejects.toThrow('ECONNREFUSED');
});

test('a second start raises the window of the first and ends', async ({ desktop }) => {
  const first = desktop.launch();
  await first.firstWindow();
  await closeWindow(first);
  await expect.poll(() => isWindowVisible(first)).toBe(false);
  const second = desktop.launch();
  expect(await second.exitCode).toBe(0);
  await expect.poll(() => isWindowVisible(first)).toBe(true);
});

test('another data folder is another application', async ({ desktop }) => {
  const first = desktop.launch();
  await first.firstWindow();
  const args = ['--data', `${desktop.dataFolder}-other`, '--listen', `127.0.0.1:${await freePort()}`];
  const second = desktop.launch({ args });
  const page = await second.firstWindow();
  expect((await callFromPage(page, 'status.get', null)).dataFolder).toBe(`${desktop.dataFolder}-other`);
});

test('a relay that runs already is attached to; the window comes and goes, the relay stays', async ({ desktop }) => {
  const relay = await startRelayProcess({ dataFolder: desktop.dataFolder, port: desktop.smtpPort });
  try {
    const application = desktop.launch();
    const page = await application.firstWindow();
    await desktop.sendMail('Through the service');
    await eventually(
      () => queueOf(page),
      ({ queueTotal }) => queueTotal === 1,
    );
    expect((await callFromPage(page, 'status.get', null)).hostedBy).toBe('service');
    expect(await trayOf(application)).toBeNull();
    await answerQuestions(application, 1);
    await closeWindow(application).catch(() => {}); // it may be gone before it answers
    expect(await application.exitCode).toBe(0);
    await desktop.sendMail('The relay is still there');
    expect((await relay.cli('status')).stdout).toContain('SMTP Virtual Server #1');
  } finally {
    await relay.stop();
  }
});

test('when the relay it is attached to restarts, the window finds it again', async ({ desktop }) => {
  const options = { dataFolder: desktop.dataFolder, port: desktop.smtpPort };
  const before = await startRelayProcess(options);
  const application = desktop.launch();
  const page = await application.firstWindow();
  await callFromPage(page, 'status.get', null);
  await before.stop();
  const after = await startRelayProcess(options);
  try {
    await eventually(
      () => callFromPage(page, 'status.get', null).catch(() => null),
      (status) => status !== null,
    );
    expect(application.process.exitCode).toBeNull();
  } finally {
    await after.stop();
  }
});

test('the window opens where it was', async ({ desktop }) => {
  const first = desktop.launch();
  await first.firstWindow();
  const profile = await first.evaluate(({ app }) => app.getPath('userData'), null);
  await quitNow(first);
  const options = () =>
    second.inspect(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows() as unknown as { options: Record<string, unknown> }[];
      return { x: window?.options.x, y: window?.options.y, width: window?.options.width };
    }, null);
  const file = join(profile, 'window.json');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ width: 1_100, height: 700, maximized: false });
  writeFileSync(file, JSON.stringify({ x: 30, y: 40, width: 900, height: 600, maximized: false }));
  const second = desktop.launch();
  await second.firstWindow();
  expect(await options()).toEqual({ x: 30, y: 40, width: 900 });
});

const quitNow = async (application: StandInApplication): Promise<void> => {
  await answerQuestions(application, 0);
  await quit(application).catch(() => {});
  await application.exitCode;
};

test('settings that can not be read are an error box with the sentence and exit code 3', async ({ desktop }) => {
  writeFileSync(join(desktop.dataFolder, 'settings.json'), '{ "version": 1, ');
  const application = desktop.launch();
  expect(await application.exitCode).toBe(3);
  expect(application.output()).toMatch(/error box: SMTP Relay Manager could not start: .*settings\.json/);
});

test('a folder whose holder does not answer is an error box, not an empty window', async ({ desktop }) => {
  const silent = createServer((socket) => void socket.resume());
  mkdirSync(desktop.dataFolder, { recursive: true });
  await new Promise<void>((resolve) => silent.listen(pipeAddressOf(desktop.dataFolder), resolve));
  try {
    const application = desktop.launch();
    expect(await application.exitCode).toBe(3);
    expect(application.output()).toContain(`A relay holds the data folder ${desktop.dataFolder} but does not answer`);
  } finally {
    await new Promise((resolve) => silent.close(resolve));
  }
});

test('an option that can not be right is an error box that names it', async ({ desktop }) => {
  const application = desktop.launch({ args: ['--listen', 'everywhere'] });
  expect(await application.exitCode).toBe(3);
  expect(application.output()).toContain("'everywhere' is none");
});
