/** The certificate a virtual server shows to its clients. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { problem } from '../../shared/contract/problem.ts';
import type { ServerStatus } from '../../shared/contract/servers.ts';
import { certificatePassphrase } from '../../shared/settings/secrets.ts';
import { type AddCommands, type Cli, type JsonOption, jsonFlag } from './cli.ts';
import { formatTime } from './formats.ts';
import { formatJson, formatPairs, oneLine } from './output.ts';
import { savedNote } from './setting-words.ts';
import { withSettings } from './settings-desk.ts';

export const addCertificateCommands: AddCommands = (program, cli) => {
  const certificate = program.command('certificate').description('the certificate for TLS with clients');
  addShow(certificate, cli);
  addSet(certificate, cli);
  addRemove(certificate, cli);
};

const settingKeys = ['access.certificateFile', 'access.certificateKeyFile'] as const;

function addShow(certificate: Command, cli: Cli): void {
  certificate
    .command('show')
    .description('show whose certificate it is, until when it holds, and what is wrong with it')
    .option(...jsonFlag)
    .action(async ({ json }: JsonOption) => {
      const serverId = cli.serverId();
      const { servers } = await cli.withRelay((relay) => relay.call('status.get', null));
      const status = servers.find(({ id }) => id === serverId);
      if (status === undefined) throw problem('notFound', `There is no virtual server ${serverId}.`);
      if (json === true) cli.terminal.out(formatJson(status.certificate));
      else cli.terminal.out(certificateText(status.certificate));
    });
}

interface SetOptions {
  readonly key?: string;
  readonly passphrase?: true;
}

function addSet(certificate: Command, cli: Cli): void {
  certificate
    .command('set')
    .description('use a certificate; a file that is replaced later is read again by itself')
    .argument('<file>', 'PEM or PFX file')
    .option('--key <file>', 'PEM file with the private key, when it is not in the other one')
    .option('--passphrase', 'ask for the passphrase of the private key, or read it from standard input')
    .action(async (file: string, { key, passphrase }: SetOptions) => {
      const changes = {
        'access.certificateFile': resolve(file),
        'access.certificateKeyFile': key === undefined ? '' : resolve(key),
      };
      const secret = passphrase === true ? await cli.terminal.readSecret('passphrase') : null;
      const note = await withSettings(cli, async (desk) => {
        // First what opens the file, then the file: the relay reads it at once.
        if (secret !== null) await desk.setSecret(certificatePassphrase, secret);
        return savedNote(desk, settingKeys, await desk.save(() => changes));
      });
      cli.terminal.out(`The certificate is ${oneLine(changes['access.certificateFile'])}${note}.\n`);
    });
}

function addRemove(certificate: Command, cli: Cli): void {
  certificate
    .command('remove')
    .description('use no certificate: TLS is not offered any more; the file stays')
    .action(async () => {
      const note = await withSettings(cli, async (desk) => {
        const saved = await desk.save(() => ({ 'access.certificateFile': '', 'access.certificateKeyFile': '' }));
        await desk.setSecret(certificatePassphrase, null);
        return savedNote(desk, settingKeys, saved);
      });
      cli.terminal.out(`There is no certificate${note}.\n`);
    });
}

function certificateText(certificate: ServerStatus['certificate']): string {
  if (certificate === null) return 'There is no certificate; TLS is not offered.\n';
  const { file, subject, expiresAtMs, problem: wrong } = certificate;
  return formatPairs([
    ['File', file],
    ['Subject', subject ?? 'cannot be read'],
    ['Expires', expiresAtMs === null ? 'not known' : formatTime(expiresAtMs)],
    ...(wrong === null ? [] : ([['Problem', wrong]] as const)),
  ]);
}
