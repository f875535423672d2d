/** What the desktop application asks and says in boxes of the operating system. The button that changes nothing is the default. */
import { type BrowserWindow, dialog, type MessageBoxOptions } from 'electron';
import { ProblemError } from '../../shared/contract/problem.ts';
import type { RelayStatus } from '../../shared/contract/servers.ts';
import type { Texts } from '../../shared/texts/index.ts';
import type { DesktopLanguage } from './desktop-language.ts';
import { quitDetailOf } from './relay-state.ts';
import { fillIn } from './texts.ts';

const confirmButton = 0;
const cancelButton = 1;

/** @param window  to ask in front of; null when none is visible. */
async function ask(window: BrowserWindow | null, options: MessageBoxOptions): Promise<boolean> {
  const all: MessageBoxOptions = { defaultId: cancelButton, cancelId: cancelButton, noLink: true, ...options };
  const { response } = await (window === null ? dialog.showMessageBox(all) : dialog.showMessageBox(window, all));
  return response === confirmButton;
}

export const confirmQuit = (status: RelayStatus, texts: Texts, window: BrowserWindow | null): Promise<boolean> =>
  ask(window, {
    type: 'warning',
    title: texts.desktop.productName,
    message: texts.desktop.quit.question,
    detail: quitDetailOf(status, texts),
    buttons: [texts.desktop.quit.confirm, texts.app.dialog.cancel],
  });

/** The same words as in the console. */
export function confirmStop(name: string, texts: Texts, window: BrowserWindow | null): Promise<boolean> {
  const { title, text, consequence, pauseInstead, confirm } = texts.server.stopQuestion;
  return ask(window, {
    type: 'warning',
    title,
    message: fillIn(text, { name }),
    detail: `${consequence}\n\n${pauseInstead}`,
    buttons: [confirm, texts.app.dialog.cancel],
  });
}

/** @param responds  closes the question when the window has come round by itself. @returns whether to open it again. */
export const askUnresponsive = (texts: Texts, responds: AbortSignal): Promise<boolean> =>
  // Not in front of the window: a question of its own would wait for it.
  ask(null, {
    type: 'warning',
    title: texts.desktop.productName,
    message: texts.desktop.unresponsive.question,
    detail: texts.desktop.unresponsive.detail,
    buttons: [texts.desktop.unresponsive.reload, texts.desktop.unresponsive.wait],
    signal: responds,
  });

export async function tellVersion(version: string, texts: Texts, window: BrowserWindow | null): Promise<void> {
  const { current, whereToLook, noCalls, runtime } = texts.desktop.version;
  const { electron = '?', chrome = '?', node } = process.versions;
  await ask(window, {
    type: 'info',
    title: texts.desktop.productName,
    message: fillIn(current, { version }),
    detail: [whereToLook, noCalls, fillIn(runtime, { electron, chromium: chrome, node })].join('\n\n'),
    buttons: [texts.app.dialog.close],
    defaultId: 0,
    cancelId: 0,
  });
}

/** A page that failed again and again. */
export async function tellCrashed(texts: Texts): Promise<void> {
  await ask(null, {
    type: 'error',
    title: texts.desktop.productName,
    message: texts.desktop.crashed,
    buttons: [texts.app.dialog.close],
    defaultId: 0,
    cancelId: 0,
  });
}

/** Why something that was chosen in the tray could not be done. */
export async function tellFailure(error: unknown, language: DesktopLanguage): Promise<void> {
  const { texts } = language;
  await ask(null, {
    type: 'error',
    title: texts.desktop.productName,
    message: problemText(error, language, texts.desktop.actionFailed),
    buttons: [texts.app.dialog.close],
    defaultId: 0,
    cancelId: 0,
  });
}

/** The sentence of a start that failed. */
export const startProblemText = (error: unknown, language: DesktopLanguage): string =>
  problemText(error, language, language.texts.desktop.startFailed);

/** The relay speaks English; elsewhere its sentence follows a translated one. */
function problemText(error: unknown, { current, texts }: DesktopLanguage, internal: string): string {
  if (!(error instanceof ProblemError)) {
    return fillIn(internal, { reason: error instanceof Error ? error.message : String(error) });
  }
  const { code, message } = error.problem;
  return current === 'en' ? message : `${texts.problems[code]}\n\n${message}`;
}
