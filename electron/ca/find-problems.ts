/** What stands between a certification authority and its mail. Pure: facts in, findings out; their sentences are in the texts. */
import { isIP } from 'node:net';
import type { CaFinding, CaFindingId, CaStatus } from '../../shared/contract/computer/exit-module-calls.ts';
import { exitEvents, hasExitEvent, unknownExitEvents } from '../../shared/exit-module/exit-events.ts';
import { sameName } from './registry-keys.ts';
import { microsoftExitModule } from './windows-programs.ts';

export interface RelayFacts {
  readonly hostedBy: 'desktop' | 'service' | 'console';
  /** Addresses with ports that are really bound: '127.0.0.1:25'. */
  readonly bound: readonly string[];
  /** Addresses without ports that a listener was to have and that this computer does not have. */
  readonly missingAddresses: readonly string[];
  /** Hosts without ports, in small letters. */
  readonly smartHosts: readonly string[];
}

export interface ProblemFacts
  extends Pick<CaStatus, 'state' | 'serviceState' | 'clustered' | 'settings' | 'lastChange'> {
  readonly isServerCore: boolean;
  readonly ownAddresses: readonly string[];
  readonly computerName: string;
  /** Null: none answers. */
  readonly relay: RelayFacts | null;
  readonly relayPort: number;
  /** Null: not readable. */
  readonly recentFailures: { readonly count: number; readonly errorCode: string; readonly atMs: number } | null;
}

const order: Readonly<Record<CaFinding['severity'], number>> = { problem: 0, warning: 1, skipped: 2, note: 3, ok: 4 };

export function findProblems(facts: ProblemFacts): CaFinding[] {
  return [
    ...aboutComputer(facts),
    ...aboutModule(facts),
    ...aboutServer(facts),
    ...aboutMails(facts),
    ...aboutRelay(facts),
  ]
    .flat()
    .toSorted((one, other) => order[one.severity] - order[other.severity]);
}

const found = (
  id: CaFindingId,
  severity: CaFinding['severity'],
  parameters: CaFinding['parameters'] = {},
): CaFinding => ({ id, severity, parameters });

function aboutComputer({ state, serviceState, clustered, isServerCore, ...facts }: ProblemFacts): CaFinding[] {
  if (state === 'notWindows' || state === 'noCa') return [found(state, 'skipped')];
  const failures = facts.recentFailures;
  return [
    ...(state === 'unreadable' ? [found('unreadable', 'problem')] : []),
    ...(isServerCore ? [found('serverCore', 'problem')] : []),
    ...(clustered === 'yes' ? [found('clustered', 'warning')] : []),
    ...(clustered === 'unknown' ? [found('clusterUnknown', 'warning')] : []),
    ...(serviceState === 'running' ? [] : [found('caNotRunning', 'warning', { state: serviceState })]),
    ...(facts.lastChange?.restartPending === true ? [found('restartPending', 'warning')] : []),
    ...(failures === null || failures.count === 0
      ? []
      : [
          found('recentFailures', 'warning', {
            count: failures.count,
            errorCode: failures.errorCode,
            at: new Date(failures.atMs).toISOString(),
          }),
        ]),
  ];
}

function aboutModule({ settings }: ProblemFacts): CaFinding[] {
  if (settings === null) return [];
  const place = settings.modules.findIndex((module) => sameName(module, microsoftExitModule));
  if (place < 0) return [found('moduleNotActive', 'problem')];
  return place === 0 ? [] : [found('moduleNotFirst', 'note', { first: settings.modules[0] ?? '' })];
}

function aboutServer(facts: ProblemFacts): CaFinding[] {
  const { settings } = facts;
  if (settings === null) return [];
  const { authentication } = settings;
  return [
    serverFinding(facts, settings.server ?? ''),
    ...(authentication === null || authentication === 0
      ? []
      : [found('authentication', 'problem', { mode: authentication })]),
  ];
}

/** Loopback by its number is right on every node and after every change of the network. */
function serverFinding(facts: ProblemFacts, server: string): CaFinding {
  const { relay, ownAddresses, computerName } = facts;
  if (server === '') return found('noServer', 'problem');
  if (isIP(server) !== 0 && isLoopback(server)) return found('serverIsRelay', 'ok', { server });
  if (isIP(server) !== 0) {
    if (ownAddresses.includes(server)) return found('serverNicAddress', 'warning', { server });
    if (relay?.missingAddresses.includes(server) === true) return found('serverNicGone', 'problem', { server });
  } else if (isOwnName(server, computerName)) {
    return found('serverLocalName', 'warning', { server });
  }
  const isGateway = relay?.smartHosts.includes(server.toLowerCase()) === true;
  return found(isGateway ? 'serverIsGateway' : 'serverElsewhere', 'problem', { server });
}

export const isLoopback = (address: string): boolean => /^127\./.test(address) || address === '::1';

const isOwnName = (server: string, computerName: string): boolean => {
  const short = (name: string): string => name.toLowerCase().split('.')[0] ?? '';
  return server.toLowerCase() === 'localhost' || short(server) === short(computerName);
};

function aboutMails({ settings }: ProblemFacts): CaFinding[] {
  if (settings === null) return [];
  const mask = settings.eventMask ?? 0;
  const unknown = unknownExitEvents(mask);
  const used = settings.mails.filter(({ event }) => hasExitEvent(mask, event));
  return [
    ...(mask === 0 ? [found('noEvents', 'warning')] : []),
    ...(unknown === 0 ? [] : [found('unknownEvents', 'note', { bits: `0x${unknown.toString(16)}` })]),
    ...used.filter(({ from }) => from === '').map(({ key }) => found('mailWithoutFrom', 'problem', { key })),
    // Mail about a certificate has the requester for a recipient.
    ...used
      .filter(({ event, to, cc }) => to === '' && cc === '' && !exitEvents[event].ofCertificate)
      .map(({ key }) => found('mailWithoutTo', 'problem', { key })),
  ];
}

function aboutRelay({ relay, relayPort, settings }: ProblemFacts): CaFinding[] {
  const needed = settings?.server !== undefined && settings.server !== null && isLoopback(settings.server);
  const severity = needed ? 'problem' : 'warning';
  if (relay === null) return [found('relayNotRunning', severity)];
  const address = `127.0.0.1:${relayPort}`;
  const listens = relay.bound.some((bound) => bound === address || bound === `0.0.0.0:${relayPort}`);
  return [
    ...(listens ? [] : [found('relayNotListening', severity, { address })]),
    ...(relay.hostedBy === 'service' ? [] : [found('relayNotService', 'warning')]),
  ];
}
