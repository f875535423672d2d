/** The desktop application: one window, one relay behind it. */
import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { app, dialog, session } from 'electron';
import { nodePorts } from '../base/node-ports.ts';
import type { Ports } from '../base/ports.ts';
import { defaultDataFolder } from '../host/data-folder.ts';
import { createOperatorLog } from '../logging/operator-log.ts';
import { installAppMenu } from './app-menu.ts';
import { declareConsoleScheme, serveConsoleFiles } from './app-protocol.ts';
import { runDesktopApplication } from './desktop.ts';
import { type DesktopOptions, readDesktopOptions } from './desktop-options.ts';
import { startProblemExitCode } from './exit-codes.ts';
import { startProblemText } from './questions.ts';
import { openRelay } from './relay.ts';
import { hardenProcess, hardenSession } from './security.ts';
import { desktopTexts } from './texts.ts';
import { createConsoleWindow } from './window.ts';

function main(): void {
  declareConsoleScheme();
  hardenProcess(app);
  const ports = nodePorts({ log: createOperatorLog(process.stderr) });
  // A relay must not wait for somebody to close a box, which is what Electron does with an error that nobody caught.
  process.on('uncaughtException', (error) => ports.log.error('uncaught error', error));
  let options: DesktopOptions;
  try {
    options = readDesktopOptions(process.argv.slice(1));
  } catch (error) {
    void app.whenReady().then(() => fail(error, ports.log));
    return;
  }
  if (options.dataFolder !== null) separateProfile(options.dataFolder);
  if (app.requestSingleInstanceLock()) void app.whenReady().then(() => start(options, ports));
  else app.quit(); // the first instance shows its window
}

/** Another data folder is another application to the system: its own window place, its own single instance. */
function separateProfile(dataFolder: string): void {
  const suffix = createHash('sha256').update(resolve(dataFolder)).digest('hex').slice(0, 12);
  app.setPath('userData', `${app.getPath('userData')}-${suffix}`);
}

async function start(options: DesktopOptions, ports: Ports): Promise<void> {
  const texts = desktopTexts(app.getPreferredSystemLanguages());
  const placeFile = join(app.getPath('userData'), 'window.json');
  const appFolder = app.getAppPath();
  try {
    installAppMenu(process.platform);
    hardenSession(session.defaultSession, { developerTools: !app.isPackaged });
    await serveConsoleFiles(session.defaultSession, join(appFolder, 'dist/renderer'));
    const window = createConsoleWindow({
      title: texts.productName,
      preloadFile: join(appFolder, 'dist/preload/index.cjs'),
      placeFile,
      developerTools: !app.isPackaged,
    });
    await runDesktopApplication({
      window,
      placeFile,
      iconFolder: join(appFolder, 'assets/tray'),
      texts,
      ports,
      opening: openRelay({
        dataFolder: resolve(options.dataFolder ?? defaultDataFolder()),
        version: app.getVersion(),
        overrides: options.listen.length === 0 ? {} : { 'general.listen': [...options.listen] },
        ports,
      }),
    });
  } catch (error) {
    fail(error, ports.log);
  }
}

function fail(error: unknown, log: Ports['log']): void {
  const languages = app.getPreferredSystemLanguages();
  log.error('start failed', error);
  dialog.showErrorBox(desktopTexts(languages).startProblem, startProblemText(error, languages));
  app.exit(startProblemExitCode);
}

main();
