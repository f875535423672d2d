import { expect } from '@playwright/test';
import { freePort } from '../fakes/free-port.ts';
import { startUpstream } from '../fakes/upstream.ts';
import { sendMessage, test } from './console-test.ts';
import { chooseForDestination, destination, destinationGrid, queued } from './queue-parts.ts';

test('a destination tells what waits for it and why, and choosing it lists its messages', async ({
  console,
  relay,
  gatewayPort,
}) => {
  const { page } = console;
  for (const subject of ['to the gateway', 'by another way']) await sendMessage(relay.port, subject);
  const [, other] = await queued(relay);
  const otherHop = `127.0.0.1:${await freePort()}`;
  expect((await relay.cli('queue', 'route', other?.id ?? '', '--smart-host', otherHop)).stderr).toBe('');
  await console.open('queue');

  const gateway = destination(page, `127.0.0.1:${gatewayPort}`);
  await expect(gateway).toContainText('Down');
  await expect(gateway).toContainText('nothing listens there');
  await expect(destination(page, otherHop)).toContainText('Down');
  await console.screenshot('queue-destinations');

  await destination(page, otherHop).click();
  await expect(console.message('to the gateway')).toBeHidden();
  await expect(console.message('by another way')).toBeVisible();
  await expect(page.getByRole('button', { name: `Next hop is ${otherHop}`, exact: true })).toBeVisible();
  await expect(page.getByText('1 of 2 messages')).toBeVisible();

  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Home');
  await expect(destinationGrid(page).locator('[aria-selected="true"]')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(console.message('to the gateway')).toBeVisible();
  await expect(console.message('by another way')).toBeVisible();

  // From the destination on to its messages, by keyboard.
  await destination(page, `127.0.0.1:${gatewayPort}`).click();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('grid', { name: 'Queued messages' })).toBeFocused();
  await expect(console.message('by another way')).toBeHidden();
  await page.getByRole('button', { name: /^Remove: Next hop is/ }).click();
  await expect(console.message('by another way')).toBeVisible();
});

test('Force Connection delivers at once, whatever the schedule says', async ({ console, relay, gatewayPort }) => {
  const { page } = console;
  await sendMessage(relay.port, 'impatient');
  await console.open('queue');
  const hop = `127.0.0.1:${gatewayPort}`;
  await expect(destination(page, hop)).toContainText('Down');
  const gateway = await startUpstream({ port: gatewayPort });
  try {
    await chooseForDestination(page, hop, 'Force Connection');
    await expect(page.getByText('1 message will be tried now')).toBeVisible();
    await expect(console.message('impatient')).toBeHidden();
    expect(gateway.messages).toHaveLength(1);
  } finally {
    await gateway.stop();
  }
});

test('from a frozen destination nothing leaves until it is unfrozen', async ({ console, relay, gatewayPort }) => {
  const { page } = console;
  await sendMessage(relay.port, 'before the freeze');
  await console.open('queue');
  const hop = `127.0.0.1:${gatewayPort}`;
  await expect(destination(page, hop)).toContainText('Down');
  await chooseForDestination(page, hop, 'Freeze');
  await expect(destination(page, hop)).toContainText('Frozen');
  await expect(page.getByText(`${hop} is frozen`)).toBeVisible();
  await console.screenshot('queue-frozen');
  expect(await relay.json('config', 'get', 'delivery.frozen')).toEqual([hop]);

  const gateway = await startUpstream({ port: gatewayPort });
  try {
    await sendMessage(relay.port, 'after the freeze');
    await expect(console.message('after the freeze')).toBeVisible();
    await destination(page, hop).click({ button: 'right' });
    await expect(page.getByRole('menuitem', { name: 'Force Connection' })).toHaveAttribute('aria-disabled', 'true');
    await page.keyboard.press('Escape');
    await expect(destination(page, hop)).toContainText('Frozen');
    expect(gateway.messages).toHaveLength(0);

    await chooseForDestination(page, hop, 'Unfreeze');
    await expect(page.getByText(`${hop} is no longer frozen`)).toBeVisible();
    await expect(console.message('before the freeze')).toBeHidden();
    await expect(console.message('after the freeze')).toBeHidden();
    expect(gateway.messages).toHaveLength(2);
  } finally {
    await gateway.stop();
  }
});

test('Delete All Messages asks first, takes what waits for that destination alone, and comes back by Undo', async ({
  console,
  relay,
  gatewayPort,
}) => {
  const { page } = console;
  for (const subject of ['gateway 1', 'gateway 2', 'elsewhere']) await sendMessage(relay.port, subject);
  const elsewhere = (await queued(relay)).find(({ subject }) => subject === 'elsewhere');
  await relay.cli('queue', 'route', elsewhere?.id ?? '', '--smart-host', `127.0.0.1:${await freePort()}`);
  await console.open('queue');
  const hop = `127.0.0.1:${gatewayPort}`;
  await destination(page, hop).click();
  await page.keyboard.press('Delete');
  const question = page.getByRole('alertdialog', { name: 'Delete all messages of a destination' });
  await expect(question).toContainText(`Delete all 2 messages that wait for ${hop}?`);
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await console.screenshot('queue-delete-destination');
  await page.keyboard.press('Enter');
  await expect(question).toBeHidden();
  expect(await queued(relay)).toHaveLength(3);

  await page.keyboard.press('Delete');
  await question.getByRole('button', { name: 'Delete without NDR' }).click();
  await expect(page.getByText('2 messages deleted')).toBeVisible();
  expect((await queued(relay)).map(({ subject }) => subject)).toEqual(['elsewhere']);
  await page.keyboard.press('Control+z');
  await expect(page.getByText('2 messages taken back into the queue')).toBeVisible();
  expect(await queued(relay)).toHaveLength(3);

  await chooseForDestination(page, hop, 'Delete All Messages…');
  await question.getByRole('button', { name: 'Delete with NDR' }).click();
  await expect(page.getByText('2 messages deleted')).toBeVisible();
  await expect
    .poll(async () => (await queued(relay)).filter(({ subject }) => subject.includes('Failure')).length)
    .toBe(2);
});

test('the pane is hidden, sized and sorted as one likes, and stays so', async ({ console, relay }) => {
  const { page } = console;
  await sendMessage(relay.port, 'one');
  await console.open('queue');
  await expect(destinationGrid(page)).toBeVisible();
  const line = page.getByRole('separator', { name: 'Height of the destinations' });
  const before = Number(await line.getAttribute('aria-valuenow'));
  await line.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(line).toHaveAttribute('aria-valuenow', String(before + 48));
  await line.hover();
  await page.mouse.down();
  await page.mouse.move(700, 300);
  await page.mouse.up();
  const dragged = await line.getAttribute('aria-valuenow');
  expect(Number(dragged)).toBeGreaterThan(before + 48);
  await destinationGrid(page).getByRole('columnheader', { name: /^Size/ }).getByRole('button').click();

  await page.reload();
  await console.open('queue');
  await expect(line).toHaveAttribute('aria-valuenow', dragged ?? '');
  await expect(destinationGrid(page).getByRole('columnheader', { name: /^Size/ })).toHaveAttribute(
    'aria-sort',
    'ascending',
  );
  await page.getByRole('button', { name: 'Destinations', exact: true }).click();
  await expect(destinationGrid(page)).toBeHidden();
  await page.reload();
  await console.open('queue');
  await expect(console.message('one')).toBeVisible();
  await expect(destinationGrid(page)).toBeHidden();
  await page.getByRole('menuitem', { name: 'View' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Destinations' }).click();
  await expect(destinationGrid(page)).toBeVisible();
});
