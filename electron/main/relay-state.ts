/** What tray and questions say about the relay. Pure. */
import { warningEvents } from '../../shared/contract/alerts.ts';
import type { RelayStatus, ServerStatus, Warning } from '../../shared/contract/servers.ts';
import type { Texts } from '../../shared/texts/index.ts';
import { fillIn } from './texts.ts';

/**
 * - attention, down: something is wrong, or a destination cannot be reached
 * - paused, stopped: no server takes mail in
 * - waiting, running: mail is in the queue, or none
 */
export type RelayState = keyof Texts['desktop']['tray']['serverState'];

/** Errors first, then a destination that is down: an old warning must not hide that the gateway has gone. */
export function relayStateOf({ warnings, servers }: Pick<RelayStatus, 'warnings' | 'servers'>): RelayState {
  if (warnings.some(({ code }) => warningEvents[code].severity === 'error')) return 'attention';
  if (servers.some(({ unreachable }) => unreachable.length > 0)) return 'down';
  if (warnings.length > 0) return 'attention';
  if (!servers.some(({ state }) => state === 'started')) {
    return servers.some(({ state }) => state === 'paused') ? 'paused' : 'stopped';
  }
  return queuedIn(servers) > 0 ? 'waiting' : 'running';
}

const queuedIn = (servers: readonly ServerStatus[]): number => servers.reduce((sum, { queue }) => sum + queue.total, 0);

/** Of one server: the warnings of the whole relay are not its own. */
export const serverStateOf = (server: ServerStatus, warnings: readonly Warning[]): RelayState =>
  relayStateOf({ servers: [server], warnings: warnings.filter(({ serverId }) => serverId === server.id) });

/** 'SMTP Virtual Server #1: running, 0 queued'. */
export const serverLineOf = (
  server: ServerStatus,
  { warnings }: Pick<RelayStatus, 'warnings'>,
  { desktop: { tray } }: Texts,
): string =>
  fillIn(tray.server, {
    name: server.name,
    state: tray.serverState[serverStateOf(server, warnings)],
    queued: server.queue.total,
  });

/** What Windows shows of a tool tip. */
const longestToolTip = 127;
const more = '…';
const troubles: readonly RelayState[] = ['attention', 'down'];

/** The product, then the relay as a whole, or a line for each of several servers: those in trouble first, as many as fit. */
export function toolTipOf(status: RelayStatus, texts: Texts): string {
  const { productName, tray } = texts.desktop;
  const { servers, warnings } = status;
  const summary = fillIn(tray[relayStateOf(status)], { queued: queuedIn(servers) });
  if (servers.length < 2) return [productName, summary].join('\n').slice(0, longestToolTip);
  const inTrouble = (server: ServerStatus): boolean => troubles.includes(serverStateOf(server, warnings));
  const lines = [...servers.filter(inTrouble), ...servers.filter((server) => !inTrouble(server))];
  return fitting(
    productName,
    lines.map((server) => serverLineOf(server, status, texts)),
  );
}

function fitting(first: string, lines: readonly string[]): string {
  let text = first;
  for (const [index, line] of lines.entries()) {
    const longer = `${text}\n${line}`;
    const isLast = index === lines.length - 1;
    if (longer.length + (isLast ? 0 : more.length + 1) > longestToolTip) return `${text}\n${more}`;
    text = longer;
  }
  return text;
}

/** Names what stops: each server, its queue and its connections. */
export function quitDetailOf({ servers }: RelayStatus, { desktop: { quit } }: Texts): string {
  const lines = servers.flatMap(({ name, listeners, queue, inboundSessions, outboundSessions }) => {
    const bound = listeners.flatMap(({ boundTo }) => (boundTo === null ? [] : [boundTo]));
    const endpoints = bound.length === 0 ? quit.notListening : bound.join(', ');
    const counts = [
      fillIn(quit.queued, { queued: queue.total }),
      ...(inboundSessions === 0 ? [] : [fillIn(quit.inboundSessions, { sessions: inboundSessions })]),
      ...(outboundSessions === 0 ? [] : [fillIn(quit.outboundSessions, { sessions: outboundSessions })]),
    ];
    return [`•  ${fillIn(quit.server, { name, endpoints })}`, ...counts.map((count) => `     ${count}`)];
  });
  return [quit.stops, ...lines, '', quit.consequence].join('\n');
}
