/** The name of a claim file tells everything about it, so that a claim is complete the moment it exists. Pure. */
import type { ProcessIdentity } from './process-identity.ts';

export interface LockClaim extends ProcessIdentity {
  readonly claimedAtMs: number;
}

export const claimPrefix = 'lock.claim-';

export const formatClaim = ({ pid, bootId, startTicks, claimedAtMs }: LockClaim, token: string): string =>
  `${claimPrefix}${pid}.${bootId ?? ''}.${startTicks ?? ''}.${claimedAtMs}.${token}`;

/** Null for a name that no starter gives. */
export function parseClaim(name: string): LockClaim | null {
  const pattern = /^lock\.claim-([0-9]{1,10})\.([0-9a-f-]*)\.([0-9]*)\.([0-9]{1,16})\.[0-9a-f]+$/;
  const [, pid, bootId, startTicks, claimedAtMs] = pattern.exec(name) ?? [];
  if (pid === undefined) return null;
  return {
    pid: Number(pid),
    bootId: bootId === undefined || bootId === '' ? null : bootId,
    startTicks: startTicks === undefined || startTicks === '' ? null : startTicks,
    claimedAtMs: Number(claimedAtMs),
  };
}
