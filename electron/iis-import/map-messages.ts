/** Tab Messages and the folders. Pure. */
import type { Mapping } from './mapping.ts';

export function mapMessages(mapping: Mapping): void {
  mapping.setNumber('messages.sizeLimit', { property: 'MaxMessageSize' });
  mapping.setNumber('messages.sessionSizeLimit', { property: 'MaxSessionSize' });
  mapping.setNumber('messages.messagesPerConnection', { property: 'MaxBatchedMessages' });
  mapping.setNumber('messages.recipientLimit', { property: 'MaxRecipients' });
  mapping.set('SendNdrTo', 'messages.reportCopyTo', mapping.key.text('SendNdrTo')?.trim() ?? '');
  mapping.noEquivalent('SendBadTo', 'notUsed');
  mapFolders(mapping);
}

/** The original's folders stay its own: both services would take the same mail, and the relay's account has no rights there. */
function mapFolders(mapping: Mapping): void {
  mapping.set('BadMailDirectory', 'messages.badmailFolder', '', 'ownFolder');
  mapping.set('PickupDirectory', 'messages.pickupFolder', '', 'ownFolder');
  mapping.noEquivalent('QueueDirectory', 'ownFolder');
  const drop = mapping.key.text('DropDirectory')?.trim() ?? '';
  // A folder that somebody chose is one that a program reads.
  const isUsual = /[\\/]mailroot[\\/]drop[\\/]?$/i.test(drop);
  mapping.set('DropDirectory', 'domains.dropFolder', isUsual ? '' : drop, isUsual ? 'ownFolder' : 'folderRights');
}
