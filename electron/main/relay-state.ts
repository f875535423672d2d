/** What tray and questions say about the relay. Pure. */
import type { RelayStatus } from '../../shared/contract/servers.ts';
import { type DesktopTexts, fillIn } from './texts.ts';

export type RelayState = 'running' | 'stopped' | 'attention';

/** A warning comes first: a relay that was stopped on purpose has none. */
export function relayStateOf({ warnings, servers }: RelayStatus): RelayState {
  if (warnings.length > 0) return 'attention';
  return servers.some(({ state }) => state === 'started') ? 'running' : 'stopped';
}

const queuedIn = ({ servers }: RelayStatus): number => servers.reduce((sum, { queue }) => sum + queue.total, 0);

export const trayTextOf = (status: RelayStatus, texts: DesktopTexts): string =>
  fillIn(texts.tray[relayStateOf(status)], { queued: queuedIn(status) });

/** Names what stops, and what becomes of the mail. */
export function quitDetailOf(status: RelayStatus, { quit }: DesktopTexts): string {
  const servers = status.servers.map(({ name, listeners }) => {
    const bound = listeners.flatMap(({ boundTo }) => (boundTo === null ? [] : [boundTo]));
    return `•  ${fillIn(quit.server, { name, endpoints: bound.length === 0 ? quit.notListening : bound.join(', ') })}`;
  });
  return [quit.stops, ...servers, '', quit.consequence, fillIn(quit.queued, { queued: queuedIn(status) })].join('\n');
}
