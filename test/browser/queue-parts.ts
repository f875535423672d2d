/** The queue view as the browser tests use it. */
import type { Locator, Page } from '@playwright/test';
import type { RelayProcess } from '../fakes/relay-process.ts';
import { SmtpDialogue } from '../fakes/smtp-dialogue.ts';

export const destinationGrid = (page: Page): Locator => page.getByRole('grid', { name: 'Destinations' });

export const destination = (page: Page, nextHop: string): Locator =>
  destinationGrid(page).getByRole('row').filter({ hasText: nextHop });

/** Right-click on a destination and choose. */
export async function chooseForDestination(page: Page, nextHop: string, item: string): Promise<void> {
  await destination(page, nextHop).click({ button: 'right' });
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

/** The condition of the open filter dialog that stands in the last row. */
export async function addCondition(dialog: Locator, field: string, condition?: string): Promise<Locator> {
  await dialog.getByRole('button', { name: 'Add Condition' }).click();
  await dialog.getByLabel('Field').last().selectOption({ label: field });
  const row = dialog.getByRole('group').last();
  if (condition !== undefined) await row.getByLabel('Condition', { exact: true }).selectOption({ label: condition });
  return row;
}

interface Mail {
  readonly from?: string;
  readonly to?: string;
  readonly subject: string;
  readonly body?: string;
}

export async function sendMail(port: number, { from = 'ca@corp.example.com', to, subject, body }: Mail): Promise<void> {
  const recipient = to ?? 'pki@corp.example.com';
  const dialogue = await SmtpDialogue.connect(port);
  await dialogue.expect('220');
  await dialogue.send('EHLO client.test.invalid', '250');
  await dialogue.mail(
    { from, to: [recipient] },
    `From: <${from}>\r\nTo: <${recipient}>\r\nSubject: ${subject}\r\n\r\n${body ?? 'Hello'}\r\n`,
  );
  await dialogue.send('QUIT', '221');
  dialogue.close();
}

/** What the relay itself says, as the command line tells it. */
export async function queued(relay: RelayProcess): Promise<readonly { id: string; subject: string; state: string }[]> {
  const { rows } = await relay.json<{ rows: { id: string; subject: string; state: string }[] }>('queue', 'list');
  return rows;
}
