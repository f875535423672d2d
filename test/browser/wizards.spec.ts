import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { freePort } from '../fakes/free-port.ts';
import { type Console, sendMessage, test } from './console-test.ts';
import { dialogOf, expectAccessible, expectNothingCutOff } from './sheet.ts';

const tree = (console: Console, name: string) => console.page.getByRole('tree').getByText(name, { exact: true });

async function chooseAt(console: Console, node: string | RegExp, ...items: readonly string[]): Promise<void> {
  await console.page.getByRole('tree').getByText(node).first().click({ button: 'right' });
  for (const item of items) await console.page.getByRole('menuitem', { name: item, exact: true }).click();
}

test('a new virtual server takes mail at once; renamed, stopped and deleted it leaves its folders', async ({
  console,
  relay,
}) => {
  const { page } = console;
  const port = await freePort();
  const home = join(relay.dataFolder, 'second-home');
  await chooseAt(console, /\(local computer\)$/, 'New', 'Virtual Server…');
  const wizard = dialogOf(page, 'New SMTP Virtual Server Wizard');
  await expect(wizard.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await expect(wizard.getByRole('textbox', { name: 'Name' })).toHaveValue('SMTP Virtual Server #2');
  await console.screenshot('wizard-server-name');
  await page.keyboard.press('Enter');
  const portField = wizard.getByRole('textbox', { name: 'TCP port' });
  await portField.fill(String(relay.port));
  await page.keyboard.press('Enter');
  await expect(wizard).toContainText(`127.0.0.1:${relay.port} belongs to [SMTP Virtual Server #1] already.`);
  await console.screenshot('wizard-server-address');
  await portField.fill(String(port));
  await page.keyboard.press('Enter');
  await wizard.getByRole('textbox', { name: 'Home directory' }).fill(home);
  await console.screenshot('wizard-server-folder');
  await page.keyboard.press('Enter');
  await wizard.getByRole('textbox', { name: 'Domain' }).fill('corp.example.com');
  await console.screenshot('wizard-server-domain');
  await wizard.getByRole('button', { name: 'Finish' }).click();

  await expect(tree(console, '[SMTP Virtual Server #2]')).toBeVisible();
  await expect(page.getByRole('grid', { name: '[SMTP Virtual Server #2]' })).toBeVisible();
  await expect(page.getByRole('treeitem', { name: '[SMTP Virtual Server #2]' })).toBeFocused();
  await sendMessage(port, 'to the second one');

  await tree(console, '[SMTP Virtual Server #2]').click();
  await page.keyboard.press('F2');
  const rename = dialogOf(page, 'Rename virtual server');
  await rename.getByRole('textbox', { name: 'Name' }).fill('CA relay');
  await console.screenshot('server-rename');
  await page.keyboard.press('Enter');
  await expect(tree(console, '[CA relay]')).toBeVisible();

  await page.keyboard.press('Delete');
  await expect(page.getByRole('alertdialog')).toBeHidden();
  await page.getByRole('toolbar').getByRole('button', { name: 'Stop Item' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByRole('toolbar').getByRole('button', { name: 'Start Item' })).toBeEnabled();
  await tree(console, '[CA relay]').click();
  await page.keyboard.press('Delete');
  const question = page.getByRole('alertdialog', { name: 'Delete virtual server' });
  await expect(question).toContainText(home);
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await console.screenshot('server-delete');
  await question.getByRole('button', { name: 'Delete' }).click();
  await expect(tree(console, '[CA relay]')).toBeHidden();
  await expect(page.getByRole('grid', { name: /\(local computer\)$/ })).toBeVisible();
  expect((await stat(join(home, 'Drop'))).isDirectory()).toBe(true);
});

test('the last virtual server stays, and its menu says why', async ({ console }) => {
  const { page } = console;
  await chooseAt(console, '[SMTP Virtual Server #1]');
  const item = page.getByRole('menuitem', { name: 'Delete' });
  await expect(item).toHaveAttribute('aria-disabled', 'true');
  await item.hover({ force: true });
  await expect(page.getByRole('tooltip')).toHaveText('The last virtual server cannot be deleted.');
  await console.screenshot('server-menu');
});

test('keys that delete and rename mean the rows of a list, not the server above it', async ({ console, relay }) => {
  const { page } = console;
  await relay.cli('server', 'stop');
  await console.open('sessions');
  await expect(page.getByText('Nobody is connected.')).toBeVisible();
  await page.keyboard.press('F6');
  await page.keyboard.press('Delete');
  await page.keyboard.press('F2');
  await expect(page.getByRole('alertdialog')).toBeHidden();
  await expect(page.getByRole('dialog')).toBeHidden();
});

for (const place of ['computer', 'server', 'domains', 'sessions'] as const) {
  test(`the context menu of the node "${place}" is its Action menu`, async ({ console }) => {
    const { page } = console;
    await console.open(place);
    const items = () => page.getByRole('menu').getByRole('menuitem').allTextContents();
    await page.getByRole('menuitem', { name: 'Action' }).click();
    await expect(page.getByRole('menu')).toBeVisible();
    const ofActionMenu = await items();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('menu')).toBeHidden();
    await console.node(place).click({ button: 'right' });
    await expect(page.getByRole('menu')).toBeVisible();
    expect(await items()).toEqual(ofActionMenu);
    expect(ofActionMenu.join()).toContain(place === 'sessions' ? 'Terminate All' : 'New');
  });
}

test('the wizard is accessible on each page, light and dark', async ({ console }) => {
  test.slow();
  const { page } = console;
  await chooseAt(console, '[SMTP Virtual Server #1]', 'New', 'Virtual Server…');
  const wizard = dialogOf(page, 'New SMTP Virtual Server Wizard');
  for (const colorScheme of ['light', 'dark', 'light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page);
    if (await wizard.getByRole('button', { name: 'Next >' }).isVisible()) await page.keyboard.press('Enter');
  }
  await expect(wizard.getByRole('button', { name: 'Finish' })).toBeVisible();
  await console.screenshot('wizard-server-dark');
});

test.describe('on a German system', () => {
  test.use({ locale: 'de-DE' });

  test('the wizards speak German and nothing is cut off', async ({ console }) => {
    const { page } = console;
    await chooseAt(console, '[SMTP Virtual Server #1]', 'Neu', 'Virtueller Server…');
    const wizard = dialogOf(page, 'Assistent für neue virtuelle SMTP-Server');
    for (const step of [1, 2, 3, 4]) {
      await expect(wizard).toContainText(`Schritt ${step} von 4`);
      await expectNothingCutOff(wizard);
      await console.screenshot(`wizard-server-german-${step}`);
      if (step < 4) await page.keyboard.press('Enter');
    }
    await page.keyboard.press('Escape');
    await chooseAt(console, '[SMTP Virtual Server #1]', 'Neu', 'Domäne…');
    const domain = dialogOf(page, 'Assistent für neue SMTP-Domänen');
    await expectNothingCutOff(domain);
    await console.screenshot('wizard-domain-german');
  });
});
