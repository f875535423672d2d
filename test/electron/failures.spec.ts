/** What becomes of the window when its page or a helper of Chromium fails; the relay never notices. */
import { eventually } from '../fakes/relay-process.ts';
import { answerQuestions, askedQuestions, isWindowVisible, queueOf } from './console-checks.ts';
import { expect, test } from './desktop-test.ts';
import type { StandInApplication } from './stand-in/launch.ts';

const crashPage = (application: StandInApplication): Promise<void> =>
  application.inspect(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
    null,
  );

const isCrashed = (application: StandInApplication) =>
  application.inspect(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.isCrashed(), null);

const emitOnWindow = (application: StandInApplication, event: 'unresponsive' | 'responsive'): Promise<void> =>
  application.inspect(({ BrowserWindow }, event) => void BrowserWindow.getAllWindows()[0]?.emit(event), event);

test('a page that crashes is loaded again; the relay does not notice', async ({ desktop }) => {
  const application = desktop.launch();
  await application.firstWindow();
  await crashPage(application);
  const crashed = () => isCrashed(application);
  await eventually(crashed, (state) => state === true);
  await desktop.sendMail('While the page is down');
  await eventually(crashed, (state) => state === false);
  const page = await application.firstWindow();
  await eventually(
    () => queueOf(page),
    ({ queueTotal }) => queueTotal === 1,
  );
});

test('a page that crashes again and again is given up with a message; the relay goes on', async ({ desktop }) => {
  const application = desktop.launch();
  await application.firstWindow();
  await answerQuestions(application, 0);
  for (let crash = 0; crash < 4; crash += 1) {
    await application.inspect(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
    }, null);
  }
  const [message] = await eventually(
    () => askedQuestions(application),
    (asked) => asked.length === 1,
  );
  expect(message?.message).toContain('failed several times');
  expect(await isWindowVisible(application)).toBe(false);
  await desktop.sendMail('Still taken in');
});

test('an error that nobody caught is logged and stops no mail', async ({ desktop }) => {
  const application = desktop.launch();
  await application.firstWindow();
  await application.inspect(() => void setImmediate(() => JSON.parse('nonsense')), null);
  await eventually(application.output, (output) => output.includes('uncaught-error'));
  await desktop.sendMail('Still taken in');
});

test('a page that hangs is opened again when somebody wants it', async ({ desktop }) => {
  const application = desktop.launch();
  await application.firstWindow();
  await answerQuestions(application, 0);
  await emitOnWindow(application, 'unresponsive');
  const [question] = await eventually(
    () => askedQuestions(application),
    (asked) => asked.length === 1,
  );
  expect(question?.buttons).toEqual(['Open again', 'Wait']);
  expect(question).toMatchObject({ defaultId: 1, cancelId: 1 });
  await eventually(application.output, (output) => output.includes('console-page-crashed'));
  await eventually(
    () => isCrashed(application),
    (crashed) => crashed === false,
  );
  const page = await application.firstWindow();
  await expect(page.getByRole('tree')).toContainText('SMTP Virtual Server #1');
});

test('the question about a page that hangs is asked once, and goes away when the page has come round', async ({
  desktop,
}) => {
  const application = desktop.launch();
  await application.firstWindow();
  // Nobody answers; like Electron, the box ends with its signal.
  await application.inspect(({ dialog }) => {
    const boxes: string[] = [];
    Object.assign(globalThis, { boxes });
    dialog.showMessageBox = (...args: readonly unknown[]) =>
      new Promise((resolve) => {
        const { cancelId = 0, signal } = args.at(-1) as Electron.MessageBoxOptions;
        boxes.push('asked');
        signal?.addEventListener('abort', () => {
          boxes.push('gone');
          resolve({ response: cancelId, checkboxChecked: false });
        });
      });
  }, null);
  const boxes = () => application.inspect(() => (globalThis as unknown as { boxes: string[] }).boxes, null);
  await emitOnWindow(application, 'unresponsive');
  await emitOnWindow(application, 'unresponsive');
  await emitOnWindow(application, 'responsive');
  await eventually(boxes, (seen) => seen.includes('gone'));
  expect(await boxes()).toEqual(['asked', 'gone']);
  expect(await isCrashed(application)).toBe(false);
  await emitOnWindow(application, 'unresponsive');
  await eventually(boxes, (seen) => seen.length === 3);
});

test('a graphics process that ends again and again is logged and ends nothing else', async ({ desktop }) => {
  const application = desktop.launch();
  await application.firstWindow();
  const chromium = await application.inspect(({ app }) => {
    for (let crash = 0; crash < 4; crash += 1) {
      app.emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed', exitCode: 34 });
    }
    const { hardwareAcceleration, appendedSwitches } = app as unknown as {
      hardwareAcceleration: boolean;
      appendedSwitches: string[];
    };
    return { hardwareAcceleration, appendedSwitches };
  }, null);
  await eventually(application.output, (output) => output.includes('chromium-process-gone'));
  // What keeps Chromium from ending the whole program after the third time.
  expect(chromium.hardwareAcceleration).toBe(false);
  expect(chromium.appendedSwitches).toContain('disable-gpu-process-crash-limit');
  await desktop.sendMail('Still taken in');
});
