/** Changes of the exit module: planned, proven possible, kept for the way back, carried out, read back. */
import { caSettingChangedEventId } from '../../shared/contract/alerts.ts';
import type {
  ApplyOutcome,
  ExitModuleChange,
  ExitModulePlan,
  SelfTest,
} from '../../shared/contract/computer/exit-module-calls.ts';
import { problem } from '../../shared/contract/problem.ts';
import { previewMail } from '../../shared/exit-module/mail-preview.ts';
import { type CaDesk, changesOf, readingOf, requireRights, settingsOf, smtpPortOf } from './ca-desk.ts';
import { addressesOf, changeTargets, eventBits, oneAddress } from './change-targets.ts';
import { type CaKeys, valueIn } from './exit-module.ts';
import { bitsBetween, type PlannedChange, planChanges } from './plan-changes.ts';
import type { CaReading } from './read-ca.ts';
import { numberOf, textOf } from './registry-keys.ts';
import { type CaChange, valuesBefore } from './rollback-file.ts';
import { runPlan } from './run-plan.ts';
import { sendLikeExitModule } from './self-test.ts';
import { greetingName, testMail } from './test-mail.ts';

export const plannedChange = (reading: CaReading | null, change: ExitModuleChange): PlannedChange => ({
  targets: changeTargets(settingsOf(reading), change),
  events: eventBits(change),
});

export const planOf = (desk: CaDesk, reading: CaReading | null, change: PlannedChange): ExitModulePlan =>
  planChanges(desk.programs, reading?.keys ?? null, change);

/** @throws {ProblemError} 'notPossible', 'conflict', 'badArgument', 'storage'; then nothing was changed. */
export async function applyChange(
  desk: CaDesk,
  change: ExitModuleChange,
  fingerprint: string,
  testTo: string,
): Promise<ApplyOutcome> {
  await requireRights(desk, 'Changing the certification authority');
  const reading = await readingOf(desk);
  const keys = requireKeys(reading);
  const plan = planOf(desk, reading, plannedChange(reading, change));
  requireSamePlan(plan, fingerprint);
  const server = plan.steps.find(({ key, name }) => key === '' && name === 'SMTPServer')?.after ?? null;
  const host = textOf(server);
  // A server that does not take mail would cost the certification authority half a minute for each event.
  const selfTest = host === null ? null : await selfTestOf(desk, reading, host, testTo);
  if (selfTest?.accepted === false) {
    return {
      selfTest,
      steps: plan.steps.map(({ id }) => ({ id, outcome: 'notReached', failure: null, errorCode: '', said: '' })),
      done: false,
    };
  }
  const changes = await desk.rollbackFile.read();
  const kept: CaChange = {
    atMs: desk.clock.now(),
    caName: keys.caName,
    processId: reading?.serviceProcessId ?? null,
    values: valuesBefore(plan.steps),
  };
  if (plan.steps.length > 0) await desk.rollbackFile.write([...changes, kept]);
  return { selfTest, ...(await carryOut(desk, reading, plan)) };
}

/** Puts back what the latest change replaced. */
export async function rollbackPlan(
  desk: CaDesk,
  reading: CaReading | null,
): Promise<(ExitModulePlan & { readonly atMs: number }) | null> {
  const last = changesOf(await desk.rollbackFile.read(), reading).at(-1);
  if (last === undefined || reading === null || reading.keys === null) return null;
  return { ...planOf(desk, reading, changeBack(reading.keys, last)), atMs: last.atMs };
}

function changeBack(keys: CaKeys, { values }: CaChange): PlannedChange {
  const mask = values.find(({ name, key }) => key === '' && name === 'EventFilter');
  const maskBefore = numberOf(mask?.before ?? null);
  const maskNow = numberOf(valueIn(keys, '', 'EventFilter'));
  // Events are switched back one by one where there are flags, so that the bits of others stay.
  const inBits = maskBefore !== null && maskNow !== null;
  return {
    targets: values
      .filter((value) => !(inBits && value === mask))
      .map(({ key, name, before }) => ({ key, name, data: before })),
    events: inBits ? bitsBetween(maskNow, maskBefore) : { on: 0, off: 0 },
  };
}

/** @throws {ProblemError} 'notPossible', 'conflict', 'storage' */
export async function rollback(desk: CaDesk, fingerprint: string): Promise<ApplyOutcome> {
  await requireRights(desk, 'Changing the certification authority');
  const reading = await readingOf(desk);
  const plan = await rollbackPlan(desk, reading);
  if (plan === null) throw problem('notPossible', 'There is no change to take back.');
  requireSamePlan(plan, fingerprint);
  const outcome = await carryOut(desk, reading, plan);
  if (outcome.done) {
    const changes = await desk.rollbackFile.read();
    const last = changesOf(changes, reading).at(-1);
    await desk.rollbackFile.write(changes.filter((change) => change !== last));
  }
  return { selfTest: null, ...outcome };
}

async function carryOut(
  desk: CaDesk,
  reading: CaReading | null,
  plan: ExitModulePlan,
): Promise<Omit<ApplyOutcome, 'selfTest'>> {
  const { runner, programs, log, eventLog } = desk;
  const { caName } = requireKeys(reading);
  const steps = await runPlan({ runner, programs, caName, codePage: reading?.codePage ?? 0 }, plan.steps);
  for (const { id, outcome, failure, errorCode } of steps) {
    if (outcome === 'notReached') continue;
    const command = plan.steps.find((step) => step.id === id)?.command.text ?? '';
    log.info('ca change', { command, outcome, failure, errorCode });
    eventLog.write({
      eventId: caSettingChangedEventId,
      severity: outcome === 'done' ? 'information' : 'warning',
      text: `Mail of the certification authority: ${command} (${outcome === 'done' ? 'done' : `failed: ${failure ?? ''} ${errorCode}`})`,
    });
  }
  return { steps, done: steps.every(({ outcome }) => outcome === 'done') };
}

function requireKeys(reading: CaReading | null): CaKeys {
  if (reading !== null && reading.keys !== null) {
    const isPassiveNode = reading.clustered !== 'no' && reading.serviceState !== 'running';
    if (!isPassiveNode) return reading.keys;
    throw problem(
      'notPossible',
      'The certification authority belongs to a cluster and does not run on this node. Change it on the active node.',
    );
  }
  throw problem(
    'notPossible',
    reading === null || reading.serviceState === 'notInstalled'
      ? 'There is no certification authority on this computer.'
      : 'The settings of the certification authority could not be read.',
  );
}

function requireSamePlan(plan: ExitModulePlan, fingerprint: string): void {
  if (plan.fingerprint === fingerprint) return;
  throw problem(
    'conflict',
    'The settings of the certification authority have changed since the plan was made. Look at the new plan first.',
  );
}

/** @throws {ProblemError} 'badArgument' when nobody is there to send to. */
export async function selfTestOf(
  desk: CaDesk,
  reading: CaReading | null,
  host: string,
  testTo: string,
): Promise<SelfTest> {
  const { computerName, clock, token } = desk;
  const mails = settingsOf(reading)?.mails ?? [];
  const to = addressesOf(testTo === '' ? (mails.find((mail) => mail.to !== '')?.to ?? '') : testTo).map(oneAddress);
  if (to.length === 0 || !to.every(isPlainAddress)) {
    throw problem(
      'badArgument',
      'A mail address is needed that the test mail goes to, such as operations@example.org.',
      {
        field: 'testTo',
      },
    );
  }
  const known = oneAddress(mails.find((mail) => mail.from !== '')?.from ?? '');
  const from = isPlainAddress(known) ? known : (to[0] ?? '');
  const { subject, body } = previewMail(testTexts, { caName: reading?.keys?.caName ?? computerName, computerName });
  const facts = { from, to, subject, body, computerName, nowMs: clock.now(), token: token() };
  return await sendLikeExitModule(
    { host, port: smtpPortOf(desk), greeting: greetingName(computerName), from, to, content: testMail(facts) },
    clock,
  );
}

const isPlainAddress = (text: string): boolean =>
  /^[\x21-\x7e]{1,64}@[\x21-\x7e]{1,255}$/.test(text) && !/[<>;,]/.test(text);

const testTexts = {
  titleFormat: 'Test of the mail of %1',
  titleArguments: ['CAName'],
  bodyFormat: [
    'This is a test of the mail of the certification authority %1 on %2,',
    'sent to the local relay in the way its exit module does.',
    '',
    'Dies ist ein Test der Mail der Zertifizierungsstelle %1 auf %2.',
  ],
  bodyArguments: ['CAName', 'MachineDNSName'],
};
