import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { SmtpDialogue } from '../fakes/smtp-dialogue.ts';
import { sendMessage, test } from './console-test.ts';

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
}

test('stop, start and pause do what they say, and the toolbar shows the state', async ({ console, relay }) => {
  const { page } = console;
  await console.open('server');
  const button = (name: string) => page.getByRole('toolbar').getByRole('button', { name });
  await expect(button('Start Item')).toBeDisabled();

  await button('Pause Item').click();
  await expect(button('Pause Item')).toHaveAttribute('aria-pressed', 'true');
  const paused = await SmtpDialogue.connect(relay.port);
  await paused.expect('421 4.3.2');
  paused.close();
  await button('Pause Item').click();
  await expect(button('Pause Item')).toHaveAttribute('aria-pressed', 'false');

  await button('Stop Item').click();
  const question = page.getByRole('alertdialog');
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await console.screenshot('server-stop-question');
  await question.getByRole('button', { name: 'Stop' }).click();
  await expect(button('Start Item')).toBeEnabled();
  await expect(SmtpDialogue.connect(relay.port)).rejects.toThrow('ECONNREFUSED');
  await console.screenshot('server-stopped');

  await button('Start Item').click();
  await expect(button('Stop Item')).toBeEnabled();
  await sendMessage(relay.port, 'after the start');
  await console.open('queue');
  await expect(console.message('after the start')).toBeVisible();
});

test('a session that is connected is listed while it lasts', async ({ console, relay }) => {
  const { page } = console;
  const session = await SmtpDialogue.connect(relay.port);
  await session.expect('220');
  await session.send('EHLO ca01.corp.example.com', '250');
  await console.open('sessions');
  const row = page.getByRole('row').filter({ hasText: 'ca01.corp.example.com' });
  await expect(row).toContainText('127.0.0.1');
  await console.screenshot('sessions');
  session.close();
  await expect(row).toBeHidden();
});

test('sessions are terminated one by one or all at once, and only when one means it', async ({ console, relay }) => {
  const { page } = console;
  const connect = async (name: string): Promise<SmtpDialogue> => {
    const session = await SmtpDialogue.connect(relay.port);
    await session.expect('220');
    await session.send(`EHLO ${name}.corp.example.com`, '250');
    return session;
  };
  const sessions = [await connect('ca01'), await connect('ca02'), await connect('ca03')];
  await console.open('sessions');
  const row = (name: string) => page.getByRole('row').filter({ hasText: `${name}.corp.example.com` });
  const choose = async (item: string): Promise<void> => {
    await row('ca02').click({ button: 'right' });
    await page.getByRole('menuitem', { name: item, exact: true }).click();
  };
  const question = page.getByRole('alertdialog', { name: 'Terminate sessions' });

  await row('ca02').click();
  await choose('Terminate');
  await expect(question).toContainText('ca02.corp.example.com (127.0.0.1)');
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await console.screenshot('sessions-terminate');
  await page.keyboard.press('Enter');
  await expect(question).toBeHidden();
  await expect(row('ca02')).toBeVisible();

  await row('ca01').click();
  await page.getByRole('menuitem', { name: 'Action' }).click();
  await page.getByRole('menuitem', { name: 'Terminate', exact: true }).click();
  await question.getByRole('button', { name: 'Terminate' }).click();
  await expect(row('ca01')).toBeHidden();
  await expect(row('ca02')).toBeVisible();

  await choose('Terminate All');
  await question.getByRole('button', { name: 'Terminate' }).click();
  await expect(page.getByText('Nobody is connected.')).toBeVisible();
  for (const session of sessions) session.close();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every view is accessible in ${colorScheme} colours`, async ({ console, relay }) => {
    test.slow(); // the checker looks at every element of eight screens
    const { page } = console;
    await sendMessage(relay.port, 'for the list');
    await page.emulateMedia({ colorScheme });
    for (const place of ['computer', 'server', 'sessions', 'queue'] as const) {
      await console.open(place);
      await expect(page.getByRole('main')).toBeVisible();
      await expectAccessible(page);
    }
    await console.open('server');
    await page.keyboard.press('Alt+Enter');
    for (const tab of ['General', 'Access', 'Messages', 'Delivery']) {
      await page.getByRole('tab', { name: tab }).click();
      await expectAccessible(page);
      await console.screenshot(`properties-${tab.toLowerCase()}-${colorScheme}`);
    }
  });
}

test('the context menu of a node is its Action menu', async ({ console }) => {
  const { page } = console;
  await console.open('server');
  await page.getByRole('menuitem', { name: 'Action' }).click();
  const items = () => page.getByRole('menu').getByRole('menuitem').allTextContents();
  await expect(page.getByRole('menu')).toBeVisible();
  const ofActionMenu = await items();
  await console.screenshot('action-menu');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toBeHidden();
  await console.node('server').click({ button: 'right' });
  await expect(page.getByRole('menu')).toBeVisible();
  expect(await items()).toEqual(ofActionMenu);
  expect(ofActionMenu.join()).toContain('Properties');
});

test.describe('on a German system', () => {
  test.use({ locale: 'de-DE' });

  test('the console speaks German', async ({ console, relay }) => {
    const { page } = console;
    await sendMessage(relay.port, 'Zertifikat ausgestellt');
    await console.open('queue');
    await expect(page.getByRole('grid').getByRole('row').filter({ hasText: 'Zertifikat' })).toBeVisible();
    await console.screenshot('queue-german');
    await expect(page.getByRole('menuitem', { name: 'Aktion' })).toBeVisible();
    await console.open('server');
    await page.keyboard.press('Alt+Enter');
    await expect(page.getByRole('dialog', { name: 'Eigenschaften von SMTP Virtual Server #1' })).toBeVisible();
    for (const tab of ['Allgemein', 'Zugriff', 'Nachrichten', 'Übermittlung']) {
      await page.getByRole('tab', { name: tab }).click();
      // German texts are longer: nothing of a tab may lie outside it.
      const panel = page.getByRole('tabpanel');
      expect(await panel.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)).toBe(0);
      expect(await panel.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
      await console.screenshot(`properties-german-${tab.toLowerCase()}`);
    }
  });
});
