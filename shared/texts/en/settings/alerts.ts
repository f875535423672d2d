import type { TabTexts } from '../../setting-texts.ts';

export const alertTexts: TabTexts<'alerts'> = {
  'alerts.oldestMessage': {
    label: 'Warn when the oldest message has waited for',
    help: 'Warns in the console and the event log while a message has been in the queue for longer than this.',
  },
  'alerts.queueDepth': {
    label: 'Warn when the number of queued messages exceeds',
    help: 'Warns in the console and the event log while more messages than this are in the queue.',
  },
  'alerts.freeSpaceFloor': {
    label: 'Refuse new mail when free disk space falls below (MB)',
    help: 'New mail gets a temporary refusal (452) and a warning is shown; delivery goes on. So a full disk never costs mail that was accepted.',
  },
  'alerts.certificateExpiry': {
    label: 'Warn before the certificate expires',
    help: 'Warns in the console and the event log for this long before the certificate for incoming connections expires.',
  },
};
