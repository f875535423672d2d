/** Settings that belong together, for a well-known next hop. */
import { type Command, InvalidArgumentError } from 'commander';
import { isTenant, microsoft365 } from '../../shared/settings/presets.ts';
import { outboundSecret } from '../../shared/settings/secrets.ts';
import { isSettingKey } from '../../shared/settings/server-settings.ts';
import { type Cli, type JsonOption, jsonFlag } from './cli.ts';
import { formatJson, formatPairs } from './output.ts';
import { savedNote, secretsToSet, settingText } from './setting-words.ts';
import { withSettings } from './settings-desk.ts';

interface Microsoft365Options extends JsonOption {
  readonly tenant: string;
  readonly clientId: string;
  readonly mailbox: string;
}

export function addPresetCommands(config: Command, cli: Cli): void {
  config
    .command('preset')
    .description('set what a well-known mail service needs')
    .command('microsoft365')
    .description('send everything by a mailbox of Microsoft 365, with OAuth 2.0 client credentials')
    .requiredOption('--tenant <tenant>', 'directory (tenant) id, or a domain of the tenant', parseTenant)
    .requiredOption('--client-id <id>', 'application (client) id of the registration')
    .requiredOption('--mailbox <address>', 'the mailbox that sends')
    .option(...jsonFlag)
    .action(async ({ tenant, clientId, mailbox, json }: Microsoft365Options) => {
      const changes = microsoft365(tenant, clientId, mailbox);
      const keys = Object.keys(changes).filter(isSettingKey);
      const { saved, note } = await withSettings(cli, async (desk) => {
        const snapshot = await desk.save(() => changes);
        return { saved: snapshot, note: savedNote(desk, keys, snapshot) };
      });
      if (json === true) return cli.terminal.out(formatJson(saved));
      cli.terminal.out(formatPairs(keys.map((key) => [key, settingText(key, changes[key])])));
      cli.terminal.out(`${keys.length} settings for Microsoft 365 are set${note}.\n`);
      const secret = outboundSecret(null, 'clientSecret');
      if (!saved.secrets.includes(secret)) cli.terminal.out(secretsToSet([secret], cli.serverId()));
    });
}

function parseTenant(text: string): string {
  if (isTenant(text)) return text;
  throw new InvalidArgumentError('It takes the id of a tenant, or one of its domains.');
}
