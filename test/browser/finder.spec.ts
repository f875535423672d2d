import { expect, type Page } from '@playwright/test';
import { sheetTabOf } from '../../renderer/properties/sheet-tabs.ts';
import { settingKeys } from '../../shared/settings/server-settings.ts';
import { test } from './console-test.ts';
import { dialogOf, expectAccessible, expectNothingCutOff } from './sheet.ts';

const finder = (page: Page) => dialogOf(page, 'Find Setting or Command');

async function find(page: Page, query: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(finder(page).getByRole('combobox')).toBeFocused();
  await page.keyboard.type(query);
}

test('a setting is found by its words and the sheet opens at its field', async ({ console }) => {
  const { page } = console;
  await console.open('queue');
  await find(page, 'hop count');
  const first = finder(page).getByRole('option').first();
  await expect(first).toContainText('Maximum hop count');
  await expect(first).toHaveAttribute('aria-selected', 'true');
  await console.screenshot('finder-setting');
  await page.keyboard.press('Enter');
  await expect(finder(page)).toBeHidden();
  await expect(page.getByRole('tab', { name: 'Delivery' })).toHaveAttribute('aria-selected', 'true');
  // Behind a button: the button has the keyboard.
  await expect(page.getByRole('button', { name: 'Advanced…' })).toBeFocused();
});

/** Changed elsewhere than on the property sheet. */
const elsewhere: readonly string[] = ['general.name', 'general.state', 'delivery.frozen'];

for (const tab of ['general', 'access', 'messages', 'delivery', 'alerts'] as const) {
  test(`every setting of the tab ${tab} is reached`, async ({ console }) => {
    test.slow(); // one sheet after the other
    const { page } = console;
    await console.open('server');
    const sheet = page.getByRole('dialog', { name: 'SMTP Virtual Server #1 Properties' });
    const unreached: string[] = [];
    for (const key of settingKeys.filter((one) => sheetTabOf(one) === tab && !elsewhere.includes(one))) {
      await page.keyboard.press('Control+k');
      await finder(page).getByRole('combobox').fill(key);
      await page.keyboard.press('Enter');
      await expect(sheet).toBeVisible();
      const reached = await page.evaluate(
        () => document.activeElement?.closest('[data-setting]')?.getAttribute('data-setting')?.split(' ') ?? [],
      );
      if (!reached.includes(key)) unreached.push(key);
      await page.keyboard.press('Escape');
      await expect(sheet).toBeHidden();
    }
    expect(unreached).toEqual([]);
  });
}

test('commands, nodes and help pages are found with the keyboard alone', async ({ console }) => {
  const { page } = console;
  await console.open('server');
  await find(page, 'badmail');
  await expect(finder(page).getByRole('option').first()).toContainText('Badmail');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Badmail' })).toBeAttached();

  await find(page, 'theme dark');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');

  await find(page, 'keyboard');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('article', { name: 'Keyboard' })).toBeVisible();
  await page.keyboard.press('Escape');

  // What can't be done now says why and does nothing.
  await console.open('server');
  await find(page, 'start');
  const start = finder(page).getByRole('option', { name: /^Start / });
  await expect(start).toHaveAttribute('aria-disabled', 'true');
  await expect(start).toContainText('The server is started.');
  await page.keyboard.press('Enter');
  await expect(finder(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('treeitem', { name: '[SMTP Virtual Server #1]' })).toBeFocused();
});

test('arrow keys choose, the field keeps the keyboard, and nothing found says so', async ({ console }) => {
  const { page } = console;
  await find(page, 'limit');
  const options = finder(page).getByRole('option');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(options.nth(2)).toHaveAttribute('aria-selected', 'true');
  await expect(finder(page).getByRole('combobox')).toBeFocused();
  const active = await finder(page).getByRole('combobox').getAttribute('aria-activedescendant');
  expect(active).toBe(await options.nth(2).getAttribute('id'));
  await page.keyboard.press('Home');
  await page.keyboard.type('xyzzy ');
  await expect(finder(page).getByText('Nothing contains all of these words.')).toBeVisible();
  await expect(finder(page).getByRole('button', { name: 'Go To' })).toBeDisabled();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the finder is accessible in ${colorScheme} colours`, async ({ console }) => {
    const { page } = console;
    await page.emulateMedia({ colorScheme });
    await console.open('server');
    await find(page, 're');
    await expectAccessible(page);
    await console.screenshot(`finder-${colorScheme}`);
  });
}

test.describe('on a German system', () => {
  test.use({ locale: 'de-DE' });

  test('the finder speaks German and nothing is cut off', async ({ console }) => {
    const { page } = console;
    await console.open('server');
    await page.keyboard.press('Control+k');
    const german = dialogOf(page, 'Einstellung oder Befehl suchen');
    await page.keyboard.type('verbindung');
    await expect(german.getByRole('option').first()).toContainText('Verbindung');
    await expectNothingCutOff(german);
    await console.screenshot('finder-german');
  });
});
