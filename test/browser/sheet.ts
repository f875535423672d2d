/** The property sheet of the virtual server, as the browser tests use it. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page } from '@playwright/test';
import type { RelayProcess } from '../fakes/relay-process.ts';
import type { Console } from './console-test.ts';

/** The sheet at one of its tabs, by the label. */
export async function openSheet(console: Console, tab?: string): Promise<Locator> {
  await console.open('server');
  await console.page.keyboard.press('Alt+Enter');
  const sheet = console.page.getByRole('dialog', { name: /SMTP Virtual Server #1( Properties)?$/ });
  await expect(sheet).toBeVisible();
  if (tab !== undefined) await sheet.getByRole('tab', { name: tab }).click();
  return sheet;
}

export const dialogOf = (page: Page, name: string): Locator => page.getByRole('dialog', { name, exact: true });

/** Presses Apply and waits until it is done: all buttons are off while the relay is at it. */
export async function apply(sheet: Locator): Promise<void> {
  const button = sheet.getByRole('button', { name: /^(Apply|Übernehmen)$/ });
  await button.click();
  await expect(button).toBeDisabled();
  await expect(sheet.getByRole('button', { name: 'OK', exact: true })).toBeEnabled();
  await expect(button).toBeDisabled();
}

/** What the settings file says, as the command line reads it. */
export async function savedSettings(relay: RelayProcess): Promise<Record<string, unknown>> {
  const { values } = await relay.json<{ values: Record<string, unknown> }>('config', 'show');
  return values;
}

export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
}

/** Labels in other languages are longer: nothing may lie outside of what is shown, and no button may be cut. */
export async function expectNothingCutOff(dialog: Locator): Promise<void> {
  const overflowing = await dialog.evaluate((root) =>
    [
      ...root.querySelectorAll<HTMLElement>(
        'label, button, legend, p, [role="tabpanel"], .MuiTabs-scroller, form > div',
      ),
    ]
      .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
      .map(({ textContent }) => textContent),
  );
  expect(overflowing).toEqual([]);
}
