/** What is chosen in the tray menu for the relay itself. A refusal is shown, never lost. */
import type { BrowserWindow } from 'electron';
import type { ServerId } from '../../shared/contract/messages.ts';
import type { DesktopLanguage } from './desktop-language.ts';
import { confirmStop, tellFailure } from './questions.ts';
import type { HostedRelay } from './relay.ts';
import type { TrayActions } from './tray-menu.ts';

export interface TrayCommandOptions {
  readonly relay: HostedRelay;
  readonly language: DesktopLanguage;
  /** To ask in front of; null when none is visible. */
  readonly visibleWindow: () => BrowserWindow | null;
  /** Something was carried out, or came to nothing. */
  readonly onDone: () => void;
}

export type TrayCommands = Pick<TrayActions, 'start' | 'stop' | 'pause' | 'retryAll'>;

export function trayCommands({ relay, language, visibleWindow, onDone }: TrayCommandOptions): TrayCommands {
  const { controls } = relay;
  const run = (command: () => Promise<unknown>): void => {
    command()
      .catch((error: unknown) => tellFailure(error, language))
      .finally(onDone);
  };
  const stop = async (serverId: ServerId): Promise<void> => {
    const { servers } = await controls['status.get'](null);
    const name = servers.find(({ id }) => id === serverId)?.name ?? serverId;
    if (await confirmStop(name, language.texts, visibleWindow())) await controls['server.stop']({ serverId });
  };
  const retryAll = async (): Promise<void> => {
    const { servers } = await controls['status.get'](null);
    const everything = { filter: {} };
    await Promise.all(servers.map(({ id: serverId }) => controls['queue.retry']({ serverId, target: everything })));
  };
  return {
    start: (serverId) => run(() => controls['server.start']({ serverId })),
    stop: (serverId) => run(() => stop(serverId)),
    pause: (serverId) => run(() => controls['server.pause']({ serverId })),
    retryAll: () => run(retryAll),
  };
}
