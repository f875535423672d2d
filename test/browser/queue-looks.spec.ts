import { expect } from '@playwright/test';
import { exitModuleMessages, sendLikeTheExitModule } from '../fakes/exit-module.ts';
import { test } from './console-test.ts';
import { destination, destinationGrid } from './queue-parts.ts';
import { expectAccessible, expectNothingCutOff } from './sheet.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the queue and its dialogs in ${colorScheme} colours, for people to look at`, async ({
    console,
    relay,
    gatewayPort,
  }) => {
    test.slow(); // the checker looks at every element of several screens
    const { page } = console;
    await page.emulateMedia({ colorScheme });
    for (const message of exitModuleMessages) await sendLikeTheExitModule(relay.port, message);
    await console.open('queue');
    await destination(page, `127.0.0.1:${gatewayPort}`).click();
    await expect(page.getByRole('button', { name: /^Remove: Next hop/ })).toBeVisible();
    await expectAccessible(page);
    await console.screenshot(`queue-with-destination-${colorScheme}`);

    const grid = page.getByRole('grid', { name: 'Queued messages' });
    await grid.focus();
    await page.keyboard.press('Home');
    const dialogs = [
      ['Filter…', 'filter'],
      ['Change Route…', 'change-route'],
      ['Where Would It Go…', 'explain'],
      ['Export Messages…', 'export-messages'],
      ['Columns…', 'columns'],
      ['Properties', 'properties'],
    ] as const;
    for (const [item, name] of dialogs) {
      await grid.focus();
      await page.keyboard.press('Shift+F10');
      await page.getByRole('menuitem', { name: item, exact: true }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectAccessible(page);
      await console.screenshot(`queue-${name}-${colorScheme}`);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
      await expect(grid).toBeFocused();
    }
  });
}

test('in forced colours what is selected and what is on can be seen', async ({ console, relay, gatewayPort }) => {
  const { page } = console;
  await page.emulateMedia({ forcedColors: 'active' });
  for (const message of exitModuleMessages.slice(0, 2)) await sendLikeTheExitModule(relay.port, message);
  await console.open('queue');
  await destination(page, `127.0.0.1:${gatewayPort}`).click();
  await expect(destinationGrid(page).locator('[aria-selected="true"]')).toHaveCount(1);
  await console.screenshot('queue-forced-colours');
});

test.describe('on a German system', () => {
  test.use({ locale: 'de-DE' });

  test('no text of the queue and its dialogs is cut off', async ({ console, relay }) => {
    const { page } = console;
    for (const message of exitModuleMessages.slice(0, 3)) await sendLikeTheExitModule(relay.port, message);
    await console.open('queue');
    const grid = page.getByRole('grid', { name: 'Wartende Nachrichten' });
    await expect(grid.getByRole('row')).toHaveCount(4);
    await expectNothingCutOff(page.getByRole('grid', { name: 'Ziele' }));
    const toolbar = page.getByRole('search');
    await expectNothingCutOff(toolbar);
    // One line, as in English.
    expect((await toolbar.boundingBox())?.height).toBeLessThan(40);
    await console.screenshot('queue-german-destinations');
    await grid.focus();
    await page.keyboard.press('Home');
    for (const item of [
      'Filter…',
      'Route ändern…',
      'Wohin ginge es…',
      'Nachrichten exportieren…',
      'Spalten…',
      'Löschen…',
      'Eigenschaften',
    ]) {
      await grid.focus();
      await page.keyboard.press('Shift+F10');
      await page.getByRole('menuitem', { name: item, exact: true }).click();
      const dialog = page.getByRole('dialog').or(page.getByRole('alertdialog'));
      await expect(dialog).toBeVisible();
      await expectNothingCutOff(dialog);
      await console.screenshot(`queue-german-${item.replaceAll(/\W/g, '').toLowerCase()}`);
      await page.keyboard.press('Escape');
      await expect(dialog).toBeHidden();
    }
  });
});
