import { expect } from '@playwright/test';
import { SmtpDialogue } from '../fakes/smtp-dialogue.ts';
import { test } from './console-test.ts';

const elsewhere = 'http://elsewhere.test.invalid';
const html = `<html><head><base href="${elsewhere}/"><meta http-equiv="refresh" content="0;url=${elsewhere}/left">
<link rel="stylesheet" href="${elsewhere}/style.css"><script>window.ran = true</script><style>@import '${elsewhere}/x.css';</style></head>
<body onload="window.ran = true"><img src="${elsewhere}/pixel.png" onerror="window.ran = true"><iframe src="${elsewhere}/frame"></iframe>
<form action="${elsewhere}/take"><input name="password" autofocus><button>Log in</button></form>
<a href="javascript:window.ran = true">click</a><svg onload="window.ran = true"></svg>Words of the message
${'<div>'.repeat(2_000)}deep${'</div>'.repeat(2_000)}${'<p>filler</p>'.repeat(4_000)}</body></html>`;

/** Of what the message would like to be. Dialogs of the console have forms of their own. */
const foreign =
  'img, iframe, script, base, [onload], [href*="elsewhere"], [src*="elsewhere"], [action*="elsewhere"], [name="password"]';

test('a message with scripts, remote images, forms and very long HTML is words on the screen and nothing else', async ({
  console,
  relay,
}) => {
  test.slow();
  const { page } = console;
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('dialog', (dialog) => asked.push(`dialog ${dialog.message()}`));
  const client = await SmtpDialogue.connect(relay.port);
  await client.expect('220');
  await client.send('EHLO client.test.invalid', '250');
  await client.mail(
    { from: 'sender@corp.example.com', to: ['recipient@corp.example.com'] },
    `From: "<img src=${elsewhere}/from>" <sender@corp.example.com>\r\nSubject: <script>window.ran = true</script>hostile\r\n` +
      `Content-Type: text/html\r\n\r\n${html.replaceAll('\n', '\r\n')}\r\n`,
  );
  client.close();

  await console.open('queue');
  await console.message('hostile').dblclick();
  const properties = page.getByRole('dialog');
  for (const tab of ['Headers', 'Text', 'Source']) {
    await properties.getByRole('tab', { name: tab }).click();
    await expect(properties).toContainText(tab === 'Text' ? 'Words of the message' : 'hostile');
    // Of what the message would like to be, nothing is an element of the page.
    await expect(properties.locator(foreign)).toHaveCount(0);
  }
  expect(await page.evaluate('window.ran')).toBeUndefined();
  const origin = new URL(page.url()).origin;
  expect(asked.filter((url) => ![origin, origin.replace('http', 'ws')].some((own) => url.startsWith(own)))).toEqual([]);
  // And the console goes on.
  await page.keyboard.press('Escape');
  await expect(properties).toBeHidden();
});
