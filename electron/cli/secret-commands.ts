/** Passwords and passphrases: in by standard input, never out again. */
import type { Command } from 'commander';
import { problem } from '../../shared/contract/problem.ts';
import { quoted } from '../../shared/settings/check-setting.ts';
import { type SecretName, secretNameSchema } from '../../shared/settings/secrets.ts';
import { type Cli, type JsonOption, jsonFlag } from './cli.ts';
import { formatJson, oneLine } from './output.ts';
import { withSettings } from './settings-desk.ts';

export function addSecretCommands(config: Command, cli: Cli): void {
  const secret = config
    .command('secret')
    .description('passwords, client secrets and passphrases, which are kept apart from the settings');

  secret
    .command('list')
    .description('list the names of the secrets that are set')
    .option(...jsonFlag)
    .action(async ({ json }: JsonOption) => {
      const { secrets } = await withSettings(cli, (desk) => desk.get());
      if (json === true) cli.terminal.out(formatJson(secrets));
      else
        cli.terminal.out(
          secrets.length === 0 ? 'No secret is set.\n' : secrets.map((name) => `${oneLine(name)}\n`).join(''),
        );
    });

  secret
    .command('set')
    .description('set a secret; its value is asked for, or read from standard input')
    .argument('<name>', namesHelp)
    .action(async (text: string) => {
      const name = checkSecretName(text);
      const value = await cli.terminal.readSecret('secret');
      await withSettings(cli, (desk) => desk.setSecret(name, value));
      cli.terminal.out(`${oneLine(name)} is set.\n`);
    });

  secret
    .command('remove')
    .description('remove a secret')
    .argument('<name>')
    .action(async (text: string) => {
      const name = checkSecretName(text);
      await withSettings(cli, (desk) => desk.setSecret(name, null));
      cli.terminal.out(`${oneLine(name)} is not set any more.\n`);
    });
}

const namesHelp =
  'certificate.passphrase, delivery.password, delivery.clientSecret, user:NAME, domain:NAME:password, domain:NAME:clientSecret';

function checkSecretName(text: string): SecretName {
  if (secretNameSchema.safeParse(text).success) return text;
  throw problem('badArgument', `There is no secret ${quoted(text)}. Secrets are ${namesHelp}.`);
}
