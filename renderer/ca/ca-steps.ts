/** The steps of the set-up in the order that never leaves the certification authority without a mail server. Pure. */
import type { CaFindingId, CaStatus } from '../../shared/contract/computer/exit-module-calls.ts';

export const caSteps = ['check', 'route', 'relay', 'firewall', 'change', 'restart', 'verify'] as const;
export type CaStep = (typeof caSteps)[number];
export type CaStepState = 'done' | 'open' | 'problem' | 'skipped';

/** What happened in this dialog. */
export interface CaProgress {
  readonly routeTested: boolean;
  readonly selfTestAccepted: boolean;
  /** Restarted from here, and mail has come in since. */
  readonly mailSeen: boolean;
}

const relayFindings: ReadonlySet<CaFindingId> = new Set(['relayNotRunning', 'relayNotListening', 'relayNotService']);
export function stepStates(
  { state, findings, portBlocked, settings, lastChange, clustered }: CaStatus,
  { routeTested, selfTestAccepted, mailSeen }: CaProgress,
): Readonly<Record<CaStep, CaStepState>> {
  const isHere = state === 'ready';
  const points = settings !== null && isLoopback(settings.server ?? '') && (settings.authentication ?? 0) === 0;
  const hasProblem = findings.some(({ severity }) => severity === 'problem');
  const ifHere = (step: CaStepState): CaStepState => (isHere ? step : 'skipped');
  return {
    check: isHere || hasProblem ? (hasProblem ? 'problem' : 'done') : 'skipped',
    route: routeTested ? 'done' : 'open',
    relay: findings.some(({ id }) => relayFindings.has(id)) ? 'problem' : selfTestAccepted ? 'done' : 'open',
    firewall: portBlocked === null ? 'skipped' : portBlocked ? 'done' : 'open',
    change: ifHere(points ? 'done' : 'open'),
    restart: ifHere(restartState(points, clustered, lastChange)),
    verify: ifHere(mailSeen ? 'done' : 'open'),
  };
}

function restartState(
  points: boolean,
  clustered: CaStatus['clustered'],
  lastChange: CaStatus['lastChange'],
): CaStepState {
  if (lastChange?.restartPending === true) return clustered === 'no' ? 'open' : 'problem';
  return points ? 'done' : 'open';
}

export const isLoopback = (server: string): boolean => /^127\.\d+\.\d+\.\d+$/.test(server) || server === '::1';
