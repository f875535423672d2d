/** The desktop application: one window, one relay behind it. */
import { createHash } from 'node:crypto';
import { basename, join, resolve } from 'node:path';
import { app, dialog, session } from 'electron';
import { nodeCommandRunner } from '../base/command-runner.ts';
import { errorCode } from '../base/error-code.ts';
import { nodePorts } from '../base/node-ports.ts';
import type { Ports } from '../base/ports.ts';
import { defaultDataFolder } from '../host/data-folder.ts';
import { createOperatorLog } from '../logging/operator-log.ts';
import { installAppMenu } from './app-menu.ts';
import { declareConsoleScheme, serveConsoleFiles } from './app-protocol.ts';
import { chooseFile } from './choose-file.ts';
import { runDesktopApplication, type SecondStart } from './desktop.ts';
import { type DesktopLanguage, openDesktopLanguage } from './desktop-language.ts';
import { type DesktopOptions, readDesktopOptions } from './desktop-options.ts';
import { startProblemExitCode } from './exit-codes.ts';
import { logonItem } from './logon-item.ts';
import { createLogonSwitch } from './logon-switch.ts';
import { startProblemText } from './questions.ts';
import { openRelay } from './relay.ts';
import { processEnded, startElevated } from './restart-elevated.ts';
import { hardenProcess, hardenSession } from './security.ts';
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
    void app.whenReady().then(() => fail(error, currentLanguage(), ports.log));
    return;
  }
  if (options.dataFolder !== null) separateProfile(options.dataFolder);
  const second: SecondStart = { hidden: options.hidden };
  void predecessorEnded(options, ports).then(async () => {
    if (!app.requestSingleInstanceLock(second)) return app.quit(); // the first instance shows its window
    await app.whenReady();
    await start(options, ports);
  });
}

const predecessorEnded = async ({ after }: DesktopOptions, { clock }: Ports): Promise<void> => {
  if (after !== null) await processEnded(() => isAlive(after), clock);
};

function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** Another data folder is another application to the system: its own window place, its own single instance. */
function separateProfile(dataFolder: string): void {
  const suffix = createHash('sha256').update(resolve(dataFolder)).digest('hex').slice(0, 12);
  app.setPath('userData', `${app.getPath('userData')}-${suffix}`);
}

const profileFile = (name: string): string => join(app.getPath('userData'), name);

const currentLanguage = (): DesktopLanguage =>
  openDesktopLanguage(profileFile('language.json'), app.getPreferredSystemLanguages());

async function start(options: DesktopOptions, ports: Ports): Promise<void> {
  const language = currentLanguage();
  const placeFile = profileFile('window.json');
  const appFolder = app.getAppPath();
  const dataFolder = options.dataFolder === null ? null : resolve(options.dataFolder);
  try {
    installAppMenu(process.platform);
    hardenSession(session.defaultSession, { developerTools: !app.isPackaged });
    await serveConsoleFiles(session.defaultSession, join(appFolder, 'dist/renderer'));
    const window = createConsoleWindow({
      title: language.texts.desktop.productName,
      preloadFile: join(appFolder, 'dist/preload/index.cjs'),
      placeFile,
      developerTools: !app.isPackaged,
      hidden: options.hidden,
    });
    await runDesktopApplication({
      window,
      placeFile,
      hintFile: process.platform === 'win32' ? profileFile('tray-hint.json') : null,
      iconFolder: join(appFolder, 'assets/tray'),
      version: app.getVersion(),
      language,
      logon: createLogonSwitch(
        logonItem({
          platform: process.platform,
          executable: process.execPath,
          appFolder: app.isPackaged ? null : appFolder,
          dataFolder,
          name: basename(app.getPath('userData')),
        }),
      ),
      ports,
      dataFolder: dataFolder ?? defaultDataFolder(),
      openRelay: () =>
        openRelay({
          dataFolder: dataFolder ?? defaultDataFolder(),
          version: app.getVersion(),
          overrides: options.listen.length === 0 ? {} : { 'general.listen': [...options.listen] },
          ports,
        }),
      chooseFile: (kind, startAt) => chooseFile(window, language.texts, kind, startAt),
      startElevated: () =>
        startElevated(nodeCommandRunner, {
          executable: process.execPath,
          appFolder: app.isPackaged ? null : appFolder,
          dataFolder,
          listen: options.listen,
          processId: process.pid,
          systemRoot: process.env.SystemRoot ?? null,
        }),
      onLost: (error) => fail(error, language, ports.log),
    });
  } catch (error) {
    fail(error, language, ports.log);
  }
}

function fail(error: unknown, language: DesktopLanguage, log: Ports['log']): void {
  log.error('start failed', error);
  dialog.showErrorBox(language.texts.desktop.startProblem, startProblemText(error, language));
  app.exit(startProblemExitCode);
}

main();
