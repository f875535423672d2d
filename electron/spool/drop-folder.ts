/** Local delivery: messages for the local domain become files in the Drop folder, as IIS writes them. */
import { join } from 'node:path';
import { problem } from '../../shared/contract/problem.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import type { Ports } from '../base/ports.ts';
import { FolderSize } from './folder-size.ts';
import { encodeAddressLines } from './message-file.ts';
import { fileExists } from './move-file.ts';
import { replaceFile } from './replace-file.ts';
import { storageProblem } from './storage-problem.ts';
import type { DropFolder, StoredMessage } from './types.ts';

export interface DropFolderOptions {
  readonly ports: Pick<Ports, 'clock' | 'disk' | 'log'>;
  /** In force at this moment. */
  readonly settings: () => Pick<ServerSettings, 'domains.dropFolder' | 'domains.dropQuota' | 'messages.sizeLimit'>;
  readonly mailroot: string;
}

export const createDropFolder = (options: DropFolderOptions): DropFolder => new DropFiles(options);

/** The quota in size limits of a message, as in IIS. */
const quotaFactor = 10;

class DropFiles implements DropFolder {
  readonly #options: DropFolderOptions;
  readonly #size: FolderSize;

  constructor(options: DropFolderOptions) {
    this.#options = options;
    this.#size = new FolderSize(options.ports);
  }

  get folder(): string {
    const { settings, mailroot } = this.#options;
    return settings()['domains.dropFolder'] || join(mailroot, 'Drop');
  }

  async deliver(message: StoredMessage, recipients: readonly string[]): Promise<void> {
    const { disk } = this.#options.ports;
    const { folder } = this;
    const path = join(folder, fileName(message, recipients));
    const { sender } = message.envelope;
    const head = Buffer.concat([encodeAddressLines(sender, recipients), Buffer.from(`Return-Path: <${sender}>\r\n`)]);
    try {
      await disk.ensureFolder(folder);
      await this.#checkQuota(folder, path, head.length + message.contentBytes);
      await replaceFile(disk, path, withHead(head, message));
      await disk.syncFolder(folder);
    } catch (error) {
      throw storageProblem(path, 'be written', error);
    }
  }

  /** @throws {ProblemError} 'storage' with reason 'quota'. */
  async #checkQuota(folder: string, path: string, addedBytes: number): Promise<void> {
    const { 'domains.dropQuota': hasQuota, 'messages.sizeLimit': sizeLimitBytes } = this.#options.settings();
    if (!hasQuota || sizeLimitBytes === null) return;
    const quotaBytes = quotaFactor * sizeLimitBytes;
    // What a crash left of the same delivery is replaced.
    const replacedBytes = (await fileExists(this.#options.ports.disk, path))
      ? await this.#options.ports.disk.sizeBytes(path)
      : 0;
    if (await this.#size.reserve(folder, addedBytes - replacedBytes, quotaBytes)) return;
    const quotaKb = Math.floor(quotaBytes / 1_024);
    throw problem(
      'storage',
      `The Drop folder ${folder} is full: it may hold ${quotaKb} KB. Remove mail from it, or switch the quota off.`,
      { parameters: { reason: 'quota', folder, quotaKb } },
    );
  }
}

/**
 * The number of the first recipient within the envelope: the same for the same delivery, another for every other one,
 * because no recipient gets a message twice.
 */
function fileName({ entry, envelope }: StoredMessage, recipients: readonly string[]): string {
  const first = envelope.recipients.findIndex(({ address }) => recipients.includes(address));
  return `${entry.id}-${first + 1}.eml`;
}

async function* withHead(head: Buffer, message: StoredMessage): AsyncGenerator<Uint8Array> {
  yield head;
  yield* message.content() as AsyncIterable<Uint8Array>;
}
