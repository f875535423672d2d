/** Carries a plan out: one command after the other, each read back, none after one that failed. */
import type {
  PlanStep,
  RegistryData,
  StepOutcome,
  stepFailures,
} from '../../shared/contract/computer/exit-module-calls.ts';
import { ProblemError } from '../../shared/contract/problem.ts';
import type { CommandResult, CommandRunner } from '../base/command-runner.ts';
import { decodeOemText, sameThroughOemText } from '../base/oem-text.ts';
import { keyBelow, smtpKeyOf } from './exit-module.ts';
import { parseRegQuery } from './parse-reg-query.ts';
import { dataOf } from './registry-keys.ts';
import { errorCodeOf, errorKindOf } from './windows-error.ts';
import type { WindowsPrograms } from './windows-programs.ts';

export interface PlanRun {
  readonly runner: CommandRunner;
  readonly programs: WindowsPrograms;
  readonly caName: string;
  readonly codePage: number;
}

type Failure = (typeof stepFailures)[number];

export async function runPlan(run: PlanRun, steps: readonly PlanStep[]): Promise<StepOutcome[]> {
  const outcomes: StepOutcome[] = [];
  for (const step of steps) {
    const stopped = outcomes.some(({ outcome }) => outcome === 'failed');
    outcomes.push(stopped ? { ...withoutFailure(step.id), outcome: 'notReached' } : await runStep(run, step));
  }
  return outcomes;
}

const withoutFailure = (id: string): StepOutcome => ({ id, outcome: 'done', failure: null, errorCode: '', said: '' });

async function runStep(run: PlanRun, step: PlanStep): Promise<StepOutcome> {
  const failed = (failure: Failure, more: Partial<StepOutcome> = {}): StepOutcome => ({
    ...withoutFailure(step.id),
    outcome: 'failed',
    failure,
    ...more,
  });
  try {
    const { file, args } = step.command;
    const result = await run.runner.run(commandOf(run, file, args));
    if (result.exitCode !== 0) {
      return failed(errorKindOf(result) === 'accessDenied' ? 'accessDenied' : 'refused', {
        errorCode: errorCodeOf(result),
        said: wordsOf(run, result),
      });
    }
    const difference = differenceOf(run, step.after, await readBack(run, step));
    return difference === null ? withoutFailure(step.id) : failed(difference, { said: wordsOf(run, result) });
  } catch (error) {
    if (error instanceof ProblemError) return failed('notRun', { said: error.problem.message });
    throw error;
  }
}

/** Limits and working folder belong to the program, not to what people see. */
function commandOf({ programs }: PlanRun, file: string, args: readonly string[]) {
  const certutil = programs.certutil(...args);
  return certutil.file === file ? certutil : { file, args };
}

async function readBack({ runner, programs, caName, codePage }: PlanRun, step: PlanStep): Promise<RegistryData | null> {
  const result = await runner.run(programs.reg('query', keyBelow(smtpKeyOf(caName), step.key), '/v', step.name));
  if (result.exitCode !== 0) return null;
  return dataOf(parseRegQuery(decodeOemText(result.stdout, codePage))[0], step.name);
}

function differenceOf({ codePage }: PlanRun, wanted: RegistryData | null, found: RegistryData | null): Failure | null {
  if (wanted === null) return found === null ? null : 'notWritten';
  if (found === null) return 'notWritten';
  if (found.type !== wanted.type) return 'otherType';
  const same = (one: string, other: string): boolean => sameThroughOemText(one, other, codePage);
  switch (wanted.type) {
    case 'REG_DWORD':
      return found.type === wanted.type && found.number === wanted.number ? null : 'otherValue';
    case 'REG_SZ':
      return found.type === wanted.type && same(wanted.text, found.text) ? null : 'otherValue';
    case 'REG_MULTI_SZ':
      return found.type === wanted.type && same(wanted.lines.join('\n'), found.lines.join('\n')) ? null : 'otherValue';
    case 'other':
      return 'otherValue';
  }
}

/** Windows' own words, for people: its last lines say what happened. */
const wordsOf = ({ codePage }: PlanRun, { stdout, stderr }: CommandResult): string =>
  decodeOemText(`${stdout}\n${stderr}`, codePage)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .slice(-3)
    .join(' ')
    .slice(-1_000);
