/** The same checks on the real Electron runtime, wherever there is one: what the stand-in only plays must be true there. */
import { resolve } from 'node:path';
import { _electron } from '@playwright/test';
import { hasDisplay } from '../../electron/scripts/choose-console.ts';
import { findElectron } from '../../electron/scripts/electron-runtime.ts';
import { startRelayProcess } from '../fakes/relay-process.ts';
import {
  checkBridge,
  checkMailAppears,
  checkMailFlowsWithoutWindow,
  checkQuitAsks,
  checkWindowShowsConsole,
  quit,
} from './console-checks.ts';
import type { DesktopApplication } from './desktop-application.ts';
import { callFromPage, expect, type Place, test } from './desktop-test.ts';

const appFolder = resolve(import.meta.dirname, '../..');
const executable = findElectron(resolve(appFolder, 'node_modules/electron'), process.env);
const isRoot = process.platform === 'linux' && process.geteuid?.() === 0;

async function launchElectron(executablePath: string, place: Place): Promise<DesktopApplication> {
  // Chromium's sandbox refuses to run as root, as in containers.
  const flags = isRoot ? ['--no-sandbox'] : [];
  const application = await _electron.launch({ executablePath, args: [...flags, appFolder, ...place.args] });
  const child = application.process();
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += String(chunk)));
  return {
    evaluate: application.evaluate.bind(application) as DesktopApplication['evaluate'],
    firstWindow: () => application.firstWindow(),
    exitCode: new Promise((settle) => child.once('exit', (code) => settle(code))),
    output: () => output,
    async kill() {
      child.kill('SIGKILL');
      await application.close().catch(() => {}); // it has ended already
    },
  };
}

test.beforeEach(() => {
  test.skip(executable === null, 'the Electron runtime is not installed (npx install-electron fetches it)');
  test.skip(!hasDisplay(process.platform, process.env), 'there is no display for the window');
});

test('on the real runtime: window, bridge, mail, tray, quit', async ({ place }) => {
  const application = await launchElectron(String(executable), place);
  try {
    await checkWindowShowsConsole(application);
    await checkBridge(application);
    await checkMailAppears(application, place);
    await checkMailFlowsWithoutWindow(application, place);
    await checkQuitAsks(application, place);
  } finally {
    await application.kill();
  }
});

test('on the real runtime: attach to a relay that runs, and leave it running', async ({ place }) => {
  const relay = await startRelayProcess({ dataFolder: place.dataFolder, port: place.smtpPort });
  const application = await launchElectron(String(executable), place);
  try {
    await checkWindowShowsConsole(application);
    const page = await application.firstWindow();
    expect((await callFromPage(page, 'status.get', null)).processId).not.toBe(
      await application.evaluate(() => process.pid, null),
    );
    await checkMailAppears(application, place);
    await quit(application).catch(() => {}); // it may be gone before it answers
    expect(await application.exitCode).toBe(0);
    await place.sendMail('The relay is still there');
  } finally {
    await application.kill();
    await relay.stop();
  }
});
