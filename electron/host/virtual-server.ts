/** One virtual server: all of its units, composed over its folders, and made to agree with its settings. */
import type { ServerId } from '../../shared/contract/messages.ts';
import type { SecretName } from '../../shared/settings/secrets.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import type { PasswordHasher } from '../base/password-hash.ts';
import type { Ports } from '../base/ports.ts';
import { createDelivery } from '../delivery/delivery.ts';
import { ownName } from '../delivery/own-name.ts';
import type { Delivery } from '../delivery/types.ts';
import { createProtocolLog } from '../logging/protocol-log.ts';
import type { ProtocolLog } from '../logging/types.ts';
import { createAuthenticator } from '../smtp/authenticator.ts';
import { createInboundServer } from '../smtp/inbound-server.ts';
import { createServerCertificate } from '../smtp/server-certificate.ts';
import type { InboundServer, ServerCertificate } from '../smtp/types.ts';
import { createDropFolder } from '../spool/drop-folder.ts';
import { createPickup } from '../spool/pickup.ts';
import { type OpenSpool, openSpool } from '../spool/spool.ts';
import type { DropFolder, Pickup } from '../spool/types.ts';
import { createMailFolders } from './mail-folders.ts';
import { createQueueDesk, type QueueDesk } from './queue-desk.ts';
import { createRecentMail, type RecentMail } from './recent-mail.ts';
import { followSettings } from './server-state.ts';
import { createUndo, type Undo } from './undo.ts';

export interface VirtualServerOptions {
  readonly id: ServerId;
  readonly mailroot: string;
  /** Where the protocol log goes unless the settings name another folder. */
  readonly logFolder: string;
  /** In force at this moment. */
  readonly settings: () => ServerSettings;
  readonly secret: (name: SecretName) => string | null;
  readonly passwords: Pick<PasswordHasher, 'verify'>;
  readonly ports: Ports;
  readonly version: string;
  readonly onChange: ServerListener;
}

/** What of a server has changed. */
export type ServerListener = (
  change:
    | { readonly what: 'queue'; readonly revision: number }
    | { readonly what: 'log'; readonly sequence: number }
    | { readonly what: 'status' | 'sessions' | 'badmail' | 'trash' },
) => void;

export interface VirtualServer {
  readonly id: ServerId;
  readonly settings: () => ServerSettings;
  readonly spool: OpenSpool;
  readonly delivery: Delivery;
  readonly inbound: InboundServer;
  readonly pickup: Pickup;
  readonly drop: DropFolder;
  readonly certificate: ServerCertificate;
  readonly protocolLog: ProtocolLog;
  readonly desk: QueueDesk;
  readonly recent: RecentMail;
  /** Follows settings and secrets of this moment. Never throws: what went wrong is in the status. */
  apply(): Promise<void>;
  /** Takes no more mail in, lets conversations end, waits for writes. */
  stop(): Promise<void>;
}

/** @throws {ProblemError} 'storage' when the mail folders cannot be made. */
export async function openVirtualServer(options: VirtualServerOptions): Promise<VirtualServer> {
  const undo = createUndo();
  try {
    return await compose(options, undo);
  } catch (error) {
    await undo
      .all()
      .catch((failure: unknown) => options.ports.log.error('clean-up failed', failure, { server: options.id }));
    throw error;
  }
}

async function compose(options: VirtualServerOptions, undo: Undo): Promise<VirtualServer> {
  const { id, mailroot, logFolder, settings, secret, passwords, ports, version, onChange } = options;
  const { clock, log } = ports;
  const fullyQualifiedName = (): string => ownName(settings(), ports.computerName);

  const spool = await openSpool({ mailroot, ports, settings, fullyQualifiedName });
  undo.later(() => spool.close());
  const protocolLog = createProtocolLog({ serverId: id, settings, usualFolder: logFolder, version, ports });
  undo.later(() => protocolLog.close());
  const certificate = createServerCertificate({ settings, secret, ports });
  undo.later(async () => certificate.close());
  const drop = createDropFolder({ ports, settings, mailroot });
  const recent = createRecentMail({ spool, delivery: () => delivery, clock });
  undo.later(async () => recent.close());
  const delivery: Delivery = createDelivery({
    spool,
    settings,
    ports,
    version,
    secret,
    protocolLog,
    drop,
    stateFolder: mailroot,
    onAttempt: recent.attempted,
  });
  undo.later(() => delivery.stop());
  const inbound = createInboundServer({
    ports,
    settings,
    version,
    authenticator: createAuthenticator({ settings, secret, passwords, ports }),
    certificate,
    protocolLog,
    begin: (envelope) => spool.begin(envelope),
  });
  undo.later(() => inbound.close());
  const pickup = createPickup({ spool, ports, settings, mailroot });
  undo.later(() => pickup.stop());
  const mailFolders = createMailFolders({ id, mailroot, folders: () => [pickup.folder, drop.folder], ports });
  undo.later(() => mailFolders.settled());

  const queueChanged = (): void => onChange({ what: 'queue', revision: desk.revision });
  const desk = createQueueDesk({ spool, delivery, clock, onOutdated: queueChanged });
  undo.later(async () => desk.close());
  const statusChanged = (): void => onChange({ what: 'status' });
  const sessionsChanged = (): void => {
    onChange({ what: 'sessions' });
    statusChanged();
  };
  spool.onChange(queueChanged);
  spool.badmail.onChange(() => {
    onChange({ what: 'badmail' });
    statusChanged();
  });
  spool.trash.onChange(() => {
    onChange({ what: 'trash' });
    statusChanged();
  });
  delivery.onChange(() => {
    desk.viewChanged();
    queueChanged();
    sessionsChanged();
  });
  inbound.onChange(sessionsChanged);
  pickup.onChange(statusChanged);
  protocolLog.onChange(() => onChange({ what: 'log', sequence: protocolLog.sequence }));
  spool.recovered.then(
    ({ messages, sweptFiles, damaged }) => {
      log.info('queue read', { server: id, messages, sweptFiles, damaged: damaged.length });
      queueChanged();
      statusChanged();
    },
    (error: unknown) => log.error('queue not read', error, { server: id }),
  );

  const state = followSettings({
    id,
    settings,
    ports,
    inbound,
    delivery,
    pickup,
    certificate,
    protocolLog,
    statusChanged,
  });
  undo.later(() => state.stop());

  return {
    id,
    settings,
    spool,
    delivery,
    inbound,
    pickup,
    drop,
    certificate,
    protocolLog,
    desk,
    recent,
    async apply() {
      await mailFolders.make();
      await state.apply();
    },
    stop: () => undo.all(),
  };
}
