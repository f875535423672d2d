/** What the desktop application asks and says in boxes of the operating system. */
import { type BrowserWindow, dialog, type MessageBoxOptions } from 'electron';
import { ProblemError } from '../../shared/contract/problem.ts';
import { texts as allTexts, chooseLanguage } from '../../shared/texts/index.ts';
import type { HostedRelay } from './relay.ts';
import { quitDetailOf } from './relay-state.ts';
import { type DesktopTexts, fillIn } from './texts.ts';

const quitButton = 0;
const cancelButton = 1;

/** @param window  to ask in front of; null when none is visible. */
export async function confirmQuit(
  relay: HostedRelay,
  texts: DesktopTexts,
  window: BrowserWindow | null,
): Promise<boolean> {
  const options: MessageBoxOptions = {
    type: 'warning',
    title: texts.productName,
    message: texts.quit.question,
    detail: quitDetailOf(await relay.status(), texts),
    buttons: [texts.quit.confirm, texts.quit.cancel],
    defaultId: cancelButton,
    cancelId: cancelButton,
    noLink: true,
  };
  const { response } = await (window === null
    ? dialog.showMessageBox(options)
    : dialog.showMessageBox(window, options));
  return response === quitButton;
}

/** The sentence of a start that failed, in the language of the system as far as there is one. */
export function startProblemText(error: unknown, systemLanguages: readonly string[]): string {
  const language = chooseLanguage(systemLanguages);
  const { desktop, problems } = allTexts[language];
  if (!(error instanceof ProblemError)) {
    return fillIn(desktop.startFailed, { reason: error instanceof Error ? error.message : String(error) });
  }
  const { code, message } = error.problem;
  return language === 'en' ? message : `${problems[code]}\n\n${message}`;
}
