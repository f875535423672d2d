/** Check this server and the test mail, on a real relay with a real gateway. */
import { expect, type Locator, type Page } from '@playwright/test';
import { startUpstream, type Upstream, type UpstreamOptions } from '../fakes/upstream.ts';
import { test as base, type Console } from './console-test.ts';
import { dialogOf, expectAccessible, expectNothingCutOff } from './sheet.ts';

const test = base.extend<{ readonly gateway: (options?: UpstreamOptions) => Promise<Upstream> }>({
  gateway: async ({ gatewayPort }, use) => {
    const started: Upstream[] = [];
    await use(async (options = {}) => {
      const upstream = await startUpstream({ port: gatewayPort, ...options });
      started.push(upstream);
      return upstream;
    });
    for (const upstream of started) await upstream.stop();
  },
});

// Gateways are talked to, and the checker of accessibility looks at every element.
test.beforeEach(() => test.slow());

async function choose(console: Console, ...items: readonly string[]): Promise<void> {
  await console.open('server');
  for (const item of items) await console.page.getByRole('menuitem', { name: item, exact: true }).click();
}

async function openChecks(console: Console): Promise<Locator> {
  await choose(console, 'Action', 'Check This Server…');
  return await checked(dialogOf(console.page, 'Check this server'));
}

/** Once the checks are done. */
async function checked(dialog: Locator): Promise<Locator> {
  await expect(dialog.getByRole('region')).toHaveAttribute('aria-busy', 'false', { timeout: 30_000 });
  return dialog;
}

const findingOf = (dialog: Locator, id: string): Locator => dialog.locator(`[data-finding="${id}"]`);
const stageOf = (dialog: Locator, stage: string): Locator => dialog.locator(`[data-stage="${stage}"]`);

async function inBothThemes(page: Page, look: (theme: 'light' | 'dark') => Promise<void>): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await look(colorScheme);
  }
}

test('a gateway that is down is the first thing one reads, and its stages say where it ends', async ({ console }) => {
  const dialog = await openChecks(console);
  await expect(dialog.getByRole('list', { name: 'Findings' }).getByRole('listitem').first()).toContainText('Problem');
  await expect(findingOf(dialog, 'gatewayFails')).toContainText('fails at stage Connection');
  await expect(findingOf(dialog, 'listenersBound')).toContainText('127.0.0.1:');
  await expect(stageOf(dialog, 'connect')).toHaveAttribute('data-outcome', 'failed');
  await expect(stageOf(dialog, 'banner')).toContainText('not reached');
  await inBothThemes(console.page, async (theme) => {
    await console.screenshot(`checks-gateway-down-${theme}`);
    await expectAccessible(console.page);
  });
});

test('with a recipient the gateway is asked for it, nothing is sent, and all of it can be copied', async ({
  console,
  gateway,
  context,
}) => {
  const upstream = await gateway({ startTls: 'works', rcpt: '550 5.1.1 No such user' });
  const dialog = await openChecks(console);
  await expect(findingOf(dialog, 'gatewayAnswers')).toBeVisible();
  const field = dialog.getByRole('textbox', { name: 'Recipients to check with' });
  await field.fill('nobody');
  await field.press('Enter');
  await expect(dialog.getByRole('alert')).toHaveText('nobody is not a mail address.');
  await field.fill('ops@example.org');
  await field.press('Enter');
  await expect(findingOf(dialog, 'gatewayRefusesRecipient')).toContainText('550 5.1.1 No such user');
  await expect(stageOf(await checked(dialog), 'rcpt')).toHaveAttribute('data-outcome', 'failed');
  await expect(stageOf(dialog, 'mail')).toContainText('250 2.1.0 Ok');
  expect(upstream.messages).toEqual([]);
  await console.screenshot('checks-recipient-refused');

  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(dialog.getByText('Copied')).toBeVisible();
  const copied = await console.page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain('550 5.1.1 No such user');
  expect(copied).toContain('Recipient\tfailed');
});

test('the certificate of a gateway is shown with its chain, and that nobody vouches for it', async ({
  console,
  gateway,
  relay,
}) => {
  await gateway({ startTls: 'works' });
  await relay.cli('config', 'set', 'delivery.tlsMode=opportunistic');
  const dialog = await openChecks(console);
  await expect(findingOf(dialog, 'gatewayCertificate')).toContainText('self-signed');
  await expect(dialog.getByText('CN=upstream.test.invalid, issued by CN=upstream.test.invalid')).toBeVisible();
  await stageOf(dialog, 'tls').scrollIntoViewIfNeeded();
  await inBothThemes(console.page, (theme) => console.screenshot(`checks-certificate-${theme}`));
});

test('the overview leads to the checks', async ({ console }) => {
  await console.open('computer');
  await console.page.getByRole('button', { name: 'Check This Server…' }).click();
  await checked(dialogOf(console.page, 'Check this server'));
  await console.page.keyboard.press('Escape');
  await expect(dialogOf(console.page, 'Check this server')).toBeHidden();
  await console.screenshot('checks-overview');
});

test('a test mail is followed from acceptance to delivery', async ({ console, gateway }) => {
  const upstream = await gateway({ final: '250 2.0.0 Ok: queued as 4711' });
  await choose(console, 'Action', 'Send Test Mail…');
  const dialog = dialogOf(console.page, 'Send test mail');
  const to = dialog.getByRole('textbox', { name: 'To:' });
  await expect(to).toBeFocused();
  await to.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('is not a mail address');
  await to.fill('ops@example.org');
  await to.press('Enter');
  const progress = dialog.getByRole('status', { name: 'Progress' });
  await expect(progress).toContainText('Delivered: the next hop has taken it.');
  await expect(progress).toContainText('queued as 4711');
  expect(upstream.messages).toHaveLength(1);
  await inBothThemes(console.page, async (theme) => {
    await console.screenshot(`test-mail-delivered-${theme}`);
    await expectAccessible(console.page);
  });
});

test('a test mail that waits says why and when it is tried next', async ({ console }) => {
  await choose(console, 'Action', 'Send Test Mail…');
  const dialog = dialogOf(console.page, 'Send test mail');
  await dialog.getByRole('textbox', { name: 'To:' }).fill('ops@example.org');
  await dialog.getByRole('button', { name: 'Send' }).click();
  const progress = dialog.getByRole('status', { name: 'Progress' });
  await expect(progress).toContainText('nothing listens there');
  await expect(progress).toContainText('next attempt');
  await console.screenshot('test-mail-waits');
});

test.describe('in German', () => {
  test.use({ locale: 'de-DE' });

  test('checks and test mail speak German and nothing is cut off', async ({ console }) => {
    await choose(console, 'Aktion', 'Diesen Server prüfen…');
    const dialog = await checked(dialogOf(console.page, 'Diesen Server prüfen'));
    await expect(findingOf(dialog, 'gatewayFails')).toContainText('scheitert bei Verbindung');
    await expectNothingCutOff(dialog);
    await console.screenshot('checks-german');
    await console.page.keyboard.press('F1');
    await expect(console.page.getByRole('heading', { name: 'Diesen Server prüfen', level: 3 })).toBeVisible();
    await console.page.keyboard.press('Escape');
    await console.page.keyboard.press('Escape');

    await choose(console, 'Aktion', 'Testnachricht senden…');
    const mail = dialogOf(console.page, 'Testnachricht senden');
    await mail.getByRole('textbox', { name: 'An:' }).fill('ops@example.org');
    await mail.getByRole('button', { name: 'Senden' }).click();
    await expect(mail.getByRole('status', { name: 'Verlauf' })).toContainText('nächster Versuch');
    await expectNothingCutOff(mail);
    await console.screenshot('test-mail-german');
  });
});
