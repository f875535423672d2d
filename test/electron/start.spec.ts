/** `npm start` with a runtime: it starts the application as an executable and ends it in good order. */
import { join, resolve } from 'node:path';
import { runDesktop } from '../../electron/scripts/electron-runtime.ts';
import { eventually } from '../fakes/relay-process.ts';
import { expect, test } from './desktop-test.ts';
import { chromiumPath } from './stand-in/launch.ts';

test.skip(process.platform === 'win32', 'a script is no executable on Windows');

test('the application is started with its options and stopped with the terminal', async ({ place }) => {
  process.env.STAND_IN_USER_DATA = place.userDataFolder;
  process.env.STAND_IN_CHROMIUM = chromiumPath();
  const stop = new AbortController();
  const running = runDesktop({
    executable: join(import.meta.dirname, 'stand-in/electron-program.ts'),
    appFolder: resolve(import.meta.dirname, '../..'),
    args: place.args,
    stop: stop.signal,
  });
  try {
    const accepted = () =>
      place.sendMail('Through the started application').then(
        () => true,
        () => false,
      );
    await eventually(accepted, (sent) => sent, 60_000);
  } finally {
    stop.abort();
  }
  expect(await running).toEqual({ kind: 'ended', exitCode: 0 });
});
