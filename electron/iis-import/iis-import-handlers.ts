/** Answers the calls about taking over a server of IIS. Settings go to the relay through its contract, mail through its Pickup. */
import { win32 } from 'node:path';
import type { HandlersOf } from '../../shared/contract/call.ts';
import type { ContractClient } from '../../shared/contract/client.ts';
import type {
  ImportWarning,
  iisImportCalls,
  SmtpServiceState,
} from '../../shared/contract/computer/iis-import-calls.ts';
import type { ServerId } from '../../shared/contract/messages.ts';
import { problem } from '../../shared/contract/problem.ts';
import { openRelayReason } from '../../shared/settings/open-relay.ts';
import { defaultServerSettings } from '../../shared/settings/server-settings.ts';
import type { CommandRunner } from '../base/command-runner.ts';
import type { Ports } from '../base/ports.ts';
import { encodeExport } from '../settings/settings-export.ts';
import { fileProblem } from './folder-problem.ts';
import { endpointsOf, type IisServer, iisServer, iisServers } from './iis-servers.ts';
import { type MappedServer, mapServer } from './map-server.ts';
import { freeEndpoints, takenEndpoints, withChoices } from './new-server.ts';
import { type Metabase, maxMetabaseBytes, readMetabase } from './read-metabase.ts';
import { smtpServiceState, type WindowsFacts } from './smtp-service.ts';
import { takeOverMail } from './take-over-mail.ts';
import { countMail, type MailFolder } from './waiting-mail.ts';

export interface IisImportOptions {
  readonly ports: Pick<Ports, 'clock' | 'disk' | 'random'>;
  readonly commands: CommandRunner;
  /** Null on other systems. */
  readonly windows: WindowsFacts | null;
  /** Null when no relay can be reached. */
  readonly relay: () => Promise<Pick<ContractClient, 'call'> | null>;
}

export function createIisImportHandlers(options: IisImportOptions): HandlersOf<typeof iisImportCalls> {
  const { ports, commands, windows } = options;
  const open = (path: string): Promise<Metabase> => readFileOf(ports.disk, path);
  const service = (): Promise<SmtpServiceState> => smtpServiceState(commands, windows);

  return {
    'iisImport.read': async ({ path }) => {
      const file = path.trim() === '' ? usualPath(windows) : path;
      const servers = iisServers(await open(file));
      if (servers.length === 0) {
        throw problem(
          'notFound',
          `${file} has no SMTP virtual server: the SMTP service of IIS was never set up there.`,
          {
            field: 'path',
            parameters: { path: file },
          },
        );
      }
      return { path: file, servers: servers.map(summaryOf), service: await service() };
    },

    'iisImport.preview': async ({ path, number }) => {
      const server = iisServer(await open(path), number, path);
      const mapped = mapServer(server);
      const bindings = [...endpointsOf(server.key)];
      const relay = await options.relay();
      const [queue, pickup] = [foldersOf(server)[0], foldersOf(server)[1]];
      const mail = { queue: await countMail(ports.disk, queue), pickup: await countMail(ports.disk, pickup) };
      const state = await service();
      return {
        name: server.name,
        bindings,
        ...freeEndpoints(bindings, relay === null ? new Map() : await takenEndpoints(relay)),
        rows: [...mapped.rows],
        missingSecrets: [...mapped.missingSecrets],
        warnings: warningsOf(mapped, state, mail.queue.ready),
        service: state,
        mail,
      };
    },

    'iisImport.import': async ({ path, number, name, listen, start }) => {
      const { values } = mapServer(iisServer(await open(path), number, path));
      const relay = await needRelay(options);
      const text = encodeExport(withChoices(values, { name, listen }));
      const imported = await relay.call('settings.import', { serverId: null, text, preview: false });
      if (start) await relay.call('server.start', { serverId: imported.serverId });
      return { serverId: imported.serverId, name, missingSecrets: imported.missingSecrets };
    },

    'iisImport.takeOverMail': async ({ path, number, serverId, limit }) => {
      const server = iisServer(await open(path), number, path);
      const relay = await needRelay(options);
      const pickupFolder = await pickupFolderOf(relay, serverId);
      if ((await service()) === 'running') {
        throw problem(
          'notPossible',
          'The SMTP service of IIS (SMTPSVC) runs: both would send the same mail. Stop it first ("sc stop SMTPSVC"), and disable it so that it stays stopped.',
        );
      }
      const folders = foldersOf(server).filter(({ path: folder }) => folder !== '');
      if (folders.some(({ path: folder }) => folder.toLowerCase() === pickupFolder.toLowerCase())) {
        throw problem(
          'notPossible',
          `${pickupFolder} is the Pickup folder of both servers; nothing needs to be moved.`,
        );
      }
      return await takeOverMail({ ports, folders, pickupFolder, limit });
    },
  };
}

const usualPath = (windows: WindowsFacts | null): string => {
  if (windows === null) {
    throw problem('badArgument', 'Name the file MetaBase.xml of the old server.', { field: 'path' });
  }
  return win32.join(windows.systemRoot ?? 'C:\\Windows', 'System32', 'inetsrv', 'MetaBase.xml');
};

async function readFileOf(disk: Ports['disk'], path: string): Promise<Metabase> {
  try {
    const sizeBytes = await disk.sizeBytes(path);
    if (sizeBytes > maxMetabaseBytes) {
      throw problem(
        'badArgument',
        `${path} is larger than ${maxMetabaseBytes / 1_048_576} MB: it is no metabase of IIS.`,
        {
          field: 'path',
          parameters: { path },
        },
      );
    }
    return readMetabase(await disk.readFile(path), path);
  } catch (error) {
    throw fileProblem(path, 'be read', error);
  }
}

const summaryOf = ({ number, name, key, domains }: IisServer) => ({
  number,
  name,
  bindings: [...endpointsOf(key)],
  domains: domains.length,
});

function foldersOf({ key }: IisServer): readonly [MailFolder, MailFolder] {
  const folder = (property: string): string =>
    key
      .text(property)
      ?.trim()
      .replace(/[\\/]+$/, '') ?? '';
  return [
    { path: folder('QueueDirectory'), kind: 'queue' },
    { path: folder('PickupDirectory'), kind: 'pickup' },
  ];
}

function warningsOf(
  { missingSecrets, rows, values }: MappedServer,
  state: SmtpServiceState,
  queued: number,
): ImportWarning[] {
  return [
    ...(state === 'running' ? (['serviceRuns'] as const) : []),
    ...(state === 'unknown' ? (['serviceUnknown'] as const) : []),
    ...(openRelayReason({ ...defaultServerSettings, ...values }) === null ? [] : (['openRelay'] as const)),
    ...(missingSecrets.length > 0 ? (['passwords'] as const) : []),
    ...(rows.some(({ reason }) => reason === 'certificateNeeded') ? (['certificate'] as const) : []),
    ...(queued > 0 ? (['envelopes'] as const) : []),
  ];
}

async function needRelay({ relay }: IisImportOptions): Promise<Pick<ContractClient, 'call'>> {
  const client = await relay();
  if (client !== null) return client;
  throw problem('notPossible', 'No relay is running that could take the server over. Start it, then try again.');
}

async function pickupFolderOf(relay: Pick<ContractClient, 'call'>, serverId: ServerId): Promise<string> {
  const { servers } = await relay.call('status.get', null);
  const server = servers.find(({ id }) => id === serverId);
  if (server === undefined) throw problem('notFound', `There is no virtual server ${serverId}.`);
  const { values } = await relay.call('settings.get', { serverId });
  if (values['messages.pickup'] === false) {
    throw problem(
      'notPossible',
      `Virtual server ${serverId} does not look into its Pickup folder. Switch that on first.`,
      {
        field: 'messages.pickup',
      },
    );
  }
  return server.pickupFolder;
}
