import { expect } from '@playwright/test';
import { SmtpDialogue } from '../fakes/smtp-dialogue.ts';
import { sendMessage, test } from './console-test.ts';
import { expectAccessible, expectNothingCutOff } from './sheet.ts';

const nodes = ['computer', 'server', 'domains', 'sessions', 'queue', 'badmail', 'log'] as const;

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
    test.slow(); // the checker looks at every element of many screens
    const { page } = console;
    await sendMessage(relay.port, 'for the list');
    await page.emulateMedia({ colorScheme });
    for (const place of nodes) {
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

test('the context menu of each node is its Action menu', async ({ console }) => {
  const { page } = console;
  const items = async (): Promise<readonly string[]> => {
    await expect(page.getByRole('menu')).toBeVisible();
    const texts = await page.getByRole('menu').locator('[role^="menuitem"]').allTextContents();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('menu')).toBeHidden();
    return texts;
  };
  for (const place of nodes) {
    await console.open(place);
    await page.getByRole('menuitem', { name: 'Action' }).click();
    const ofActionMenu = await items();
    await console.node(place).click({ button: 'right' });
    expect(await items(), place).toEqual(ofActionMenu);
    await page.keyboard.press('Shift+F10');
    expect(await items(), place).toEqual(ofActionMenu);
    expect(ofActionMenu.join(), place).toContain('Refresh');
  }
  await console.open('server');
  await page.getByRole('menuitem', { name: 'Action' }).click();
  await console.screenshot('action-menu');
  await expect(page.getByRole('menu')).toContainText('Properties');
});

test('back, forward and up lead through the tree, which remembers width and folded nodes', async ({ console }) => {
  const { page } = console;
  const title = (name: string) => expect(page.getByRole('heading', { level: 1, name })).toBeAttached();
  await console.open('queue');
  await console.open('log');
  await page.keyboard.press('Alt+ArrowLeft');
  await title('Queue');
  await page.keyboard.press('Alt+ArrowRight');
  await title('Log');
  await page.keyboard.press('Backspace');
  await title('[SMTP Virtual Server #1]');
  await expect(page.getByRole('treeitem', { name: '[SMTP Virtual Server #1]' })).toBeFocused();

  await page.keyboard.press('ArrowLeft');
  await expect(console.node('queue')).toBeHidden();
  const splitter = page.getByRole('separator', { name: 'Width of the console tree' });
  await splitter.focus();
  for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowRight');
  const width = await splitter.getAttribute('aria-valuenow');
  await page.reload();
  await expect(console.node('server')).toBeVisible();
  await expect(console.node('queue')).toBeHidden();
  await expect(splitter).toHaveAttribute('aria-valuenow', width ?? '');
  await console.node('server').click();
  await page.keyboard.press('ArrowRight');
  await expect(console.node('queue')).toBeVisible();
});

test('the language is chosen at run time and remembered', async ({ console }) => {
  const { page } = console;
  await page.getByRole('menuitem', { name: 'View' }).click();
  await page.getByRole('menuitem', { name: 'Language' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Deutsch' }).click();
  await expect(page.getByRole('menuitem', { name: 'Aktion' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await page.reload();
  await expect(page.getByRole('menuitem', { name: 'Aktion' })).toBeVisible();
});

test('About says whose relay it is', async ({ console, relay }) => {
  const { page } = console;
  await page.getByRole('menuitem', { name: 'Help' }).click();
  await page.getByRole('menuitem', { name: 'About SMTP Relay Manager' }).click();
  const about = page.getByRole('dialog', { name: 'About SMTP Relay Manager' });
  await expect(about).toContainText(/a service \(process \d+\)/);
  await expect(about).toContainText(relay.dataFolder);
  await console.screenshot('about');
  await expectAccessible(page);
});

test('when the relay is gone the console says so, and what does not work comes with details to copy', async ({
  console,
  relay,
  context,
}) => {
  const { page } = console;
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await console.open('server');
  await relay.kill();
  await expect(page.getByText(/^There has been no connection to the relay since \d/)).toBeVisible();
  await console.screenshot('connection-lost');
  // What was known stays readable.
  await expect(console.node('queue')).toBeVisible();
  await page.getByRole('toolbar').getByRole('button', { name: 'Pause Item' }).click();
  const problem = page.getByRole('alertdialog');
  await problem.getByRole('button', { name: 'Copy details' }).click();
  await expect(problem.getByRole('status')).toHaveText('Copied');
  const details = await page.evaluate(() => navigator.clipboard.readText());
  expect(details.split('\n')[0]).toBe('code: disconnected');
  expect(details).toContain(relay.dataFolder);
  await expectAccessible(page);
  await console.screenshot('problem');
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

  test('nothing of the dialogs of the frame is cut off', async ({ console, relay }) => {
    const { page } = console;
    const session = await SmtpDialogue.connect(relay.port);
    await session.expect('220');
    const dialog = page.locator('[role="dialog"], [role="alertdialog"]');
    const check = async (name: string): Promise<void> => {
      await expect(dialog).toBeVisible();
      await expectNothingCutOff(dialog);
      await console.screenshot(`${name}-german`);
      await page.keyboard.press('Escape');
      await expect(dialog).toBeHidden();
    };
    await page.getByRole('menuitem', { name: '?', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Info über SMTP Relay Manager' }).click();
    await check('about');
    await console.open('sessions');
    await page.getByRole('menuitem', { name: 'Ansicht' }).click();
    await page.getByRole('menuitem', { name: 'Spalten…' }).click();
    await check('list-columns');
    await page.keyboard.press('Control+s');
    await check('export-list');
    await page.getByRole('main').locator('[data-row]').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Beenden', exact: true }).click();
    await check('sessions-terminate');
    await console.open('server');
    await page.getByRole('toolbar').getByRole('button', { name: 'Element beenden' }).click();
    await check('server-stop-question');
    session.close();
    await relay.kill();
    await expect(page.getByText(/^Seit .* besteht keine Verbindung zum Relay/)).toBeVisible();
    await page.getByRole('toolbar').getByRole('button', { name: 'Element anhalten' }).click();
    await check('problem');
  });
});
