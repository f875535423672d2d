/** The relay as a service from the console, and what else only the computer of the console can answer. */
import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import type { ComputerFacts } from '../../shared/contract/computer/computer-calls.ts';
import type { ServiceState } from '../../shared/contract/computer/service-calls.ts';
import { problem } from '../../shared/contract/problem.ts';
import { test as base, type Console } from './console-test.ts';
import { openSheet } from './sheet.ts';

const facts: ComputerFacts = {
  platform: 'windows',
  hostName: 'CA01',
  elevated: true,
  canElevate: true,
  canChooseFiles: true,
};

const absent: ServiceState = {
  notPossible: null,
  state: 'absent',
  account: 'NT SERVICE\\SmtpRelay',
  dataFolder: 'C:\\ProgramData\\SmtpRelay',
  commands: {
    install: 'smtp-relay service install',
    remove: 'smtp-relay service remove',
    start: 'smtp-relay service start',
    stop: 'smtp-relay service stop',
  },
};

/** What the computer of the test is like, and what was asked of it. */
interface Computer {
  facts: ComputerFacts;
  service: ServiceState;
  installFails: boolean;
  readonly asked: unknown[];
}

const place: Computer = { facts, service: absent, installFails: false, asked: [] };

const test = base.extend({
  computer: async ({ browserName: _ }, use) => {
    Object.assign(place, { facts, service: absent, installFails: false });
    place.asked.length = 0;
    await use({
      'computer.facts': async () => place.facts,
      'computer.restartElevated': async () => {
        place.asked.push('restart');
        return { restarted: false };
      },
      'service.status': async () => place.service,
      'service.install': async () => {
        place.asked.push('install');
        if (place.installFails) {
          throw problem('notPossible', 'The service did not answer in time. (sc.exe start: error 1053)', {
            parameters: { reason: 'command', step: 'sc.exe start', errorCode: 1053 },
          });
        }
        place.service = { ...place.service, state: 'running' };
        return place.service;
      },
      'service.remove': async () => {
        place.asked.push('remove');
        place.service = absent;
        return absent;
      },
      'file.choose': async (wish) => {
        place.asked.push(wish);
        return { path: wish.kind === 'folder' ? 'E:\\mail\\bad' : null };
      },
    });
  },
});

async function openFromFileMenu({ page }: Console, item: string): Promise<void> {
  await page
    .getByRole('menubar')
    .getByRole('menuitem', { name: /^(File|Datei)$/ })
    .click();
  await page.getByRole('menuitem', { name: item }).click();
}

test('the service is installed and removed from the File menu', async ({ console }) => {
  const { page } = console;
  await openFromFileMenu(console, 'Install service…');
  const dialog = page.getByRole('alertdialog', { name: 'Install the service' });
  await expect(dialog).toContainText('NT SERVICE\\SmtpRelay');
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await console.screenshot('service-install');
  await dialog.getByRole('button', { name: 'Install', exact: true }).click();
  await expect(dialog).toContainText('The service is installed and runs');
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await openFromFileMenu(console, 'Remove service…');
  const removal = page.getByRole('alertdialog', { name: 'Remove the service' });
  await removal.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(removal).toContainText('The service is removed');
  expect(place.asked).toEqual(['install', 'remove']);
});

test('an installation that fails says why, in the language of the console', async ({ console }) => {
  place.installFails = true;
  await console.page.evaluate(() => localStorage.setItem('smtp-relay.language', 'de'));
  await console.page.reload();
  await openFromFileMenu(console, 'Dienst installieren…');
  const dialog = console.page.getByRole('alertdialog', { name: 'Dienst installieren' });
  await dialog.getByRole('button', { name: 'Installieren', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText('Der Dienst hat nicht rechtzeitig geantwortet');
  await expect(dialog).not.toContainText('answer in time');
  await console.screenshot('service-failed-de');
  await expect(dialog.getByRole('button', { name: 'Installieren', exact: true })).toBeEnabled();
});

test('without rights the command is there to copy, and Windows can be asked', async ({ console }) => {
  place.facts = { ...facts, elevated: false };
  await console.page.reload();
  await openFromFileMenu(console, 'Install service…');
  const dialog = console.page.getByRole('alertdialog', { name: 'Install the service' });
  await expect(dialog.getByRole('button', { name: 'Install', exact: true })).toBeDisabled();
  await expect(dialog).toContainText('smtp-relay service install');
  await dialog.getByRole('button', { name: 'Restart as administrator' }).click();
  await expect(dialog.getByRole('status')).toContainText('Windows did not give administrator rights');
  await console.screenshot('service-without-rights');
  expect(place.asked).toEqual(['restart']);
});

test('a portable application says why it can be no service', async ({ console }) => {
  place.service = { ...absent, notPossible: 'portable' };
  await console.page.reload();
  await openFromFileMenu(console, 'Install service…');
  const dialog = console.page.getByRole('alertdialog', { name: 'Install the service' });
  await expect(dialog).toContainText('This is the portable application');
  await expect(dialog.getByRole('button', { name: 'Install', exact: true })).toBeDisabled();
});

test('a path is chosen with the dialog of the system; Cancel there changes nothing', async ({ console }) => {
  const sheet = await openSheet(console, 'Messages');
  const field = sheet.getByLabel('Badmail directory', { exact: true });
  await sheet.getByRole('button', { name: /^Browse… \(Badmail/ }).click();
  await expect(field).toHaveValue('E:\\mail\\bad');
  await console.screenshot('browse-folder');
  await sheet.getByRole('tab', { name: 'Access' }).click();
  await sheet
    .getByRole('button', { name: /Certificate/ })
    .first()
    .click();
  const certificate = console.page.getByRole('dialog', { name: /^Certificate/ });
  await certificate
    .getByRole('button', { name: /^Browse… / })
    .first()
    .click();
  await expect(certificate.getByRole('textbox').first()).toHaveValue('');
  expect(place.asked).toMatchObject([{ kind: 'folder' }, { kind: 'certificate', startAt: '' }]);
});

test('no Browse button where the console can show no dialog', async ({ console }) => {
  place.facts = { ...facts, canChooseFiles: false };
  await console.page.reload();
  const sheet = await openSheet(console, 'Messages');
  await expect(sheet.getByRole('button', { name: /^Browse/ })).toHaveCount(0);
});

test('a console without rights for the relay says so, and offers a way', async ({ console }) => {
  const { page } = console;
  place.facts = { ...facts, elevated: false };
  await page.addInitScript(() => {
    const desktop = {
      request: () => {},
      onState: (listener: (state: object) => void) => {
        listener({ relay: 'noRights', startsAtLogon: null });
        return () => {};
      },
    };
    Object.assign(globalThis, { desktop });
  });
  await page.reload();
  await expect(page.getByRole('main', { name: 'Administrator rights are needed' })).toContainText('runs as a service');
  await expect(page.getByRole('tree')).toHaveCount(0);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await console.screenshot('no-rights');
  await page.getByRole('button', { name: 'Restart as administrator' }).click();
  await expect(page.getByRole('status')).toContainText('Windows did not give administrator rights');
  expect(place.asked).toEqual(['restart']);
});
