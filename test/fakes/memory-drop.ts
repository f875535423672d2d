/** A Drop folder in memory. */
import type { DropFolder, StoredMessage } from '../../electron/spool/types.ts';

export class MemoryDrop implements DropFolder {
  readonly folder = '/mail/Drop';
  readonly delivered: { readonly id: string; readonly recipients: readonly string[] }[] = [];
  /** What it throws is the failure of the delivery. */
  beforeDelivery: () => void = () => undefined;

  async deliver({ entry }: StoredMessage, recipients: readonly string[]): Promise<void> {
    this.beforeDelivery();
    this.delivered.push({ id: entry.id, recipients });
  }
}
