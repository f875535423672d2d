import { expect, type Page } from '@playwright/test';
import { test } from './console-test.ts';
import { dialogOf, expectAccessible, expectNothingCutOff, openSheet } from './sheet.ts';

const help = (page: Page) => dialogOf(page, 'Help Topics');
const heading = (page: Page, name: string) => help(page).getByRole('article').getByRole('heading', { name, level: 3 });

test('F1 opens the page of the node, and links lead on and back', async ({ console }) => {
  const { page } = console;
  for (const [place, title] of [
    ['computer', 'Computer'],
    ['server', 'SMTP virtual server'],
    ['domains', 'Domains'],
    ['sessions', 'Current Sessions'],
    ['queue', 'Queue'],
    ['badmail', 'Badmail'],
    ['log', 'Log'],
  ] as const) {
    await console.open(place);
    await page.keyboard.press('F1');
    await expect(heading(page, title)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(help(page)).toBeHidden();
  }
  await page.keyboard.press('F1');
  await help(page).getByRole('article').getByRole('button', { name: 'Logging' }).click();
  await expect(heading(page, 'Logging')).toBeVisible();
  await expect(help(page).getByRole('article')).toContainText('Writes each command and reply to log files');
  await help(page).getByRole('button', { name: 'Back' }).click();
  await expect(heading(page, 'Log')).toBeVisible();
  await page.keyboard.press('Alt+ArrowRight');
  await expect(heading(page, 'Logging')).toBeVisible();
  await page.keyboard.press('Escape');
  // The keyboard is where it was, and the place is the same.
  await expect(page.getByRole('treeitem', { name: 'Log', exact: true })).toBeFocused();
});

test('F1 and Help in a dialog open the page of its tab; a dialog behind a button has its own', async ({ console }) => {
  const { page } = console;
  const sheet = await openSheet(console);
  for (const [tab, title] of [
    ['General', 'General'],
    ['Access', 'Access'],
    ['Messages', 'Messages'],
    ['Delivery', 'Delivery'],
    ['LDAP Routing', 'LDAP Routing'],
    ['Security', 'Security'],
    ['Alerts', 'Alerts'],
  ] as const) {
    await sheet.getByRole('tab', { name: tab }).click();
    await page.keyboard.press('F1');
    await expect(heading(page, title)).toBeVisible();
    await page.keyboard.press('Escape');
    await sheet.getByRole('button', { name: 'Help' }).click();
    await expect(heading(page, title)).toBeVisible();
    await page.keyboard.press('Escape');
  }
  for (const [tab, button, title] of [
    ['General', 'Advanced…', 'Advanced identities'],
    ['General', 'Time limits…', 'Time limits'],
    ['General', 'Properties…', 'Logging'],
    ['Access', 'Authentication…', 'Authentication'],
    ['Access', 'Certificate…', 'Secure communication'],
    ['Access', 'Connection…', 'Connection'],
    ['Access', 'Relay…', 'Relay'],
    ['Delivery', 'Outbound Security…', 'Outbound security'],
    ['Delivery', 'Outbound Connections…', 'Outbound connections'],
    ['Delivery', 'Advanced…', 'Advanced delivery'],
  ] as const) {
    await sheet.getByRole('tab', { name: tab }).click();
    await sheet.getByRole('button', { name: button, exact: true }).click();
    // Not F1: on a field that says first what the field is for.
    await page.getByRole('dialog').last().getByRole('button', { name: 'Help' }).click();
    await expect(heading(page, title)).toBeVisible();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect(sheet.getByRole('button', { name: button, exact: true })).toBeFocused();
  }
});

test('the help is searched, settings included', async ({ console }) => {
  const { page } = console;
  await console.open('server');
  await page.keyboard.press('F1');
  const search = help(page).getByRole('textbox', { name: 'Search the help' });
  await search.fill('masquerade');
  await expect(help(page).getByRole('navigation').getByRole('button')).toHaveText(['Advanced delivery']);
  await search.fill('xyzzy');
  await expect(help(page).getByRole('status')).toHaveText('No page contains all of these words.');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the help is accessible in ${colorScheme} colours`, async ({ console }) => {
    const { page } = console;
    await page.emulateMedia({ colorScheme });
    await console.open('server');
    await page.keyboard.press('F1');
    await expectAccessible(page);
    await console.screenshot(`help-${colorScheme}`);
    await help(page).getByRole('navigation').getByRole('button', { name: 'Keyboard' }).click();
    await expectAccessible(page);
    await console.screenshot(`help-keyboard-${colorScheme}`);
  });
}

test.describe('on a German system', () => {
  test.use({ locale: 'de-DE' });

  test('every page of the help is German and nothing of it is cut off', async ({ console }) => {
    const { page } = console;
    await console.open('server');
    await page.keyboard.press('F1');
    const german = dialogOf(page, 'Hilfethemen');
    const topics = german.getByRole('navigation').getByRole('button');
    await expectNothingCutOff(german);
    await console.screenshot('help-german');
    for (const topic of await topics.all()) {
      await topic.click();
      const article = german.getByRole('article');
      await expect(article).toHaveAccessibleName((await topic.textContent()) ?? '');
      expect(await article.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
    }
  });
});
