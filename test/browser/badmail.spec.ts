import { expect, type Page } from '@playwright/test';
import type { RelayProcess } from '../fakes/relay-process.ts';
import { SmtpDialogue } from '../fakes/smtp-dialogue.ts';
import { startUpstream, type Upstream } from '../fakes/upstream.ts';
import { type Console, test } from './console-test.ts';
import { expectAccessible, expectNothingCutOff } from './sheet.ts';

/** Reports that the gateway does not want: nobody is left to tell. */
async function sendUnwanted(port: number, subjects: readonly string[]): Promise<void> {
  for (const subject of subjects) {
    const dialogue = await SmtpDialogue.connect(port);
    await dialogue.expect('220');
    await dialogue.send('EHLO client.test.invalid', '250');
    await dialogue.mail(
      { from: '', to: ['nobody@corp.example.com'] },
      `From: <postmaster@ca01.example.org>\r\nTo: <nobody@corp.example.com>\r\nSubject: ${subject}\r\n\r\nRequest ID: 78\r\n`,
    );
    await dialogue.send('QUIT', '221');
    dialogue.close();
  }
}

const row = (page: Page, subject: string) => page.getByRole('grid').getByRole('row').filter({ hasText: subject });

/** Badmail with these subjects, open in the console; the gateway refuses until it is told otherwise. */
async function openBadmail(
  { console, relay, gatewayPort }: { console: Console; relay: RelayProcess; gatewayPort: number },
  subjects: readonly string[],
): Promise<Upstream> {
  const gateway = await startUpstream({ port: gatewayPort, rcpt: '550 5.1.1 No such user' });
  await console.open('badmail');
  await sendUnwanted(relay.port, subjects);
  for (const subject of subjects) await expect(row(console.page, subject)).toBeVisible();
  return gateway;
}

test('what could not be returned is listed with its reason, read, and sent again', async ({
  console,
  relay,
  gatewayPort,
}) => {
  test.slow(); // the checker looks at every element
  const { page } = console;
  await console.open('badmail');
  await expect(page.getByText('There is no Badmail.')).toBeVisible();
  await console.screenshot('badmail-empty');
  const gateway = await openBadmail({ console, relay, gatewayPort }, ['unwanted report']);
  try {
    await expect(row(page, 'unwanted report')).toContainText('nobody@corp.example.com');
    await expect(page.getByRole('status', { name: 'Status bar' })).toContainText('1 message');
    await console.screenshot('badmail');

    await row(page, 'unwanted report').dblclick();
    const properties = page.getByRole('dialog', { name: 'unwanted report - Badmail Properties' });
    await expect(properties).toContainText('550 5.1.1 No such user');
    await expect(properties).toContainText('nobody@corp.example.com');
    await expectAccessible(page);
    await console.screenshot('badmail-properties');
    await properties.getByRole('tab', { name: 'Headers' }).click();
    await expect(properties).toContainText('postmaster@ca01.example.org');
    await properties.getByRole('tab', { name: 'Text' }).click();
    await expect(properties).toContainText('Request ID: 78');
    await properties.getByRole('tab', { name: 'Source' }).click();
    await expect(properties).toContainText('Subject: unwanted report');

    gateway.behave({ rcpt: '250 2.1.5 Ok' });
    await properties.getByRole('button', { name: 'Resubmit' }).click();
    await expect(page.getByText('1 message put into the queue')).toBeVisible();
    await expect(page.getByText('There is no Badmail.')).toBeVisible();
    await expect.poll(() => gateway.messages.map(({ sender }) => sender)).toEqual(['']);
    expect(gateway.messages[0]?.bytes.toString()).toContain('Subject: unwanted report');
  } finally {
    await gateway.stop();
  }
});

test('several are deleted at once, after a question whose answer is no unless one means it', async ({
  console,
  relay,
  gatewayPort,
}) => {
  const { page } = console;
  const gateway = await openBadmail({ console, relay, gatewayPort }, ['first', 'second', 'third']);
  try {
    await row(page, 'first').click();
    await row(page, 'third').click({ modifiers: ['Control'] });
    await expect(page.getByRole('status', { name: 'Status bar' })).toContainText('2 selected');
    await page.keyboard.press('Delete');
    const question = page.getByRole('alertdialog', { name: 'Delete Badmail' });
    await expect(question).toContainText('Delete 2 messages from the Badmail folder?');
    await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await console.screenshot('badmail-delete');
    await page.keyboard.press('Enter');
    await expect(question).toBeHidden();
    await expect(row(page, 'first')).toBeVisible();

    await page.keyboard.press('Delete');
    await question.getByRole('button', { name: 'Delete' }).click();
    await expect(page.getByText('2 messages deleted')).toBeVisible();
    await expect(row(page, 'first')).toBeHidden();
    await expect(row(page, 'second')).toBeVisible();
    expect((await relay.json<{ total: number }>('badmail', 'list')).total).toBe(1);
  } finally {
    await gateway.stop();
  }
});

test('what somebody else takes away leaves the list and is told in the open dialog', async ({
  console,
  relay,
  gatewayPort,
}) => {
  const { page } = console;
  const gateway = await openBadmail({ console, relay, gatewayPort }, ['taken']);
  try {
    await row(page, 'taken').dblclick();
    const properties = page.getByRole('dialog');
    await expect(properties).toContainText('No such user');
    const { rows } = await relay.json<{ rows: readonly { name: string }[] }>('badmail', 'list');
    await relay.cli('badmail', 'delete', ...rows.map(({ name }) => name));
    await expect(properties).toContainText('This message is no longer in the Badmail folder.');
    await expect(properties.getByRole('button', { name: 'Resubmit' })).toBeDisabled();
    await page.keyboard.press('Escape');
    await expect(page.getByText('There is no Badmail.')).toBeVisible();
  } finally {
    await gateway.stop();
  }
});

test.describe('on a German system in dark colours', () => {
  test.use({ locale: 'de-DE', colorScheme: 'dark' });

  test('Badmail speaks German and nothing is cut off', async ({ console, relay, gatewayPort }) => {
    test.slow(); // the checker looks at every element
    const { page } = console;
    const gateway = await openBadmail({ console, relay, gatewayPort }, ['unzustellbar']);
    try {
      await expectAccessible(page);
      await console.screenshot('badmail-german-dark');
      await row(page, 'unzustellbar').dblclick();
      const properties = page.getByRole('dialog', { name: 'unzustellbar - Eigenschaften der Badmail' });
      await expect(properties).toContainText('No such user');
      await expectNothingCutOff(properties);
      await console.screenshot('badmail-properties-german-dark');
      await properties.getByRole('button', { name: 'Löschen…' }).click();
      const question = page.getByRole('alertdialog', { name: 'Badmail löschen' });
      await expectNothingCutOff(question);
      await expectAccessible(page);
      await page.keyboard.press('Escape');
    } finally {
      await gateway.stop();
    }
  });
});
