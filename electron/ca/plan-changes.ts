/** What is to be done, as commands with old and new values. Pure. */
import { createHash } from 'node:crypto';
import type { ExitModulePlan, PlanStep } from '../../shared/contract/computer/exit-module-calls.ts';
import { exitEventIds, exitEvents } from '../../shared/exit-module/exit-events.ts';
import type { ChangeTarget, EventBits } from './change-targets.ts';
import { type CaKeys, valueIn } from './exit-module.ts';
import { numberOf, sameData, sameName } from './registry-keys.ts';
import { microsoftExitModule, shownCommand, type WindowsPrograms } from './windows-programs.ts';
import { eventCommand, type WritePlace, writeCommand } from './write-commands.ts';

export interface PlannedChange {
  readonly targets: readonly ChangeTarget[];
  readonly events: EventBits;
}

/** @param read  Null where nothing could be read: the commands are then for somebody who knows the values. */
export function planChanges(programs: WindowsPrograms, read: CaKeys | null, change: PlannedChange): ExitModulePlan {
  const place: WritePlace = {
    caName: read?.caName ?? null,
    isFirst: read === null || sameName(read.modules[0] ?? microsoftExitModule, microsoftExitModule),
  };
  const steps = [
    ...change.targets.flatMap((target) => targetStep(programs, place, read, target)),
    ...eventSteps(programs, place, read, change.events),
  ];
  return { fingerprint: fingerprintOf(steps), beforeKnown: read !== null, steps };
}

function targetStep(
  programs: WindowsPrograms,
  place: WritePlace,
  read: CaKeys | null,
  target: ChangeTarget,
): readonly PlanStep[] {
  const { key, name, data } = target;
  const before = read === null ? null : valueIn(read, key, name);
  if (read !== null && sameData(before, data)) return [];
  return [
    {
      id: key === '' ? name : `${key}\\${name}`,
      key,
      name,
      before,
      after: data,
      command: shownCommand(writeCommand(programs, place, target)),
    },
  ];
}

const maskName = 'EventFilter';

/** One step for each event, each on top of the one before. */
function eventSteps(
  programs: WindowsPrograms,
  place: WritePlace,
  read: CaKeys | null,
  { on, off }: EventBits,
): readonly PlanStep[] {
  const stored = read === null ? null : valueIn(read, '', maskName);
  const mask = numberOf(stored);
  if (read !== null && mask === null) {
    // There are no flags to switch yet: the value is made, with its type.
    return on === 0
      ? []
      : targetStep(programs, place, read, { key: '', name: maskName, data: { type: 'REG_DWORD', number: on } });
  }
  let now = mask ?? 0;
  return bitsOf(on | off).flatMap((bit): PlanStep[] => {
    const wanted = (on & bit) !== 0;
    if (read !== null && ((now & bit) !== 0) === wanted) return [];
    const after = (wanted ? now | bit : now & ~bit) >>> 0;
    const step: PlanStep = {
      id: `${maskName} ${wanted ? '+' : '-'}0x${bit.toString(16)}`,
      key: '',
      name: maskName,
      before: read === null ? null : { type: 'REG_DWORD', number: now },
      after: read === null ? null : { type: 'REG_DWORD', number: after },
      command: shownCommand(eventCommand(programs, place, bit, wanted)),
    };
    now = after;
    return [step];
  });
}

/** The bits that differ, for a mask that is to be as it was. */
export const bitsBetween = (now: number, wanted: number): EventBits => ({
  on: (wanted & ~now) >>> 0,
  off: (now & ~wanted) >>> 0,
});

/** Lowest bit first, those of events before others. */
function bitsOf(mask: number): readonly number[] {
  const known = exitEventIds.map((id) => exitEvents[id].bit);
  const others = [...Array(32).keys()].map((index) => (1 << index) >>> 0).filter((bit) => !known.includes(bit));
  return [...known, ...others].filter((bit) => (mask & bit) !== 0);
}

const fingerprintOf = (steps: readonly PlanStep[]): string =>
  createHash('sha256').update(JSON.stringify(steps)).digest('hex').slice(0, 32);
