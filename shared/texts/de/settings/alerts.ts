import type { TabTexts } from '../../setting-texts.ts';

export const alertTexts: TabTexts<'alerts'> = {
  'alerts.oldestMessage': {
    label: 'Warnen, wenn die älteste Nachricht so lange wartet',
    help: 'Warnt in der Konsole und im Ereignisprotokoll, solange eine Nachricht länger in der Warteschlange ist.',
  },
  'alerts.queueDepth': {
    label: 'Warnen, wenn die Anzahl wartender Nachrichten übersteigt',
    help: 'Warnt in der Konsole und im Ereignisprotokoll, solange mehr Nachrichten in der Warteschlange sind.',
  },
  'alerts.freeSpaceFloor': {
    label: 'Neue E-Mail abweisen, wenn weniger Speicherplatz frei ist als (MB)',
    help: 'Neue E-Mail wird vorübergehend abgewiesen (452), und eine Warnung wird angezeigt; die Zustellung geht weiter. So kostet ein voller Datenträger nie angenommene E-Mail.',
  },
  'alerts.certificateExpiry': {
    label: 'Warnen vor dem Ablauf des Zertifikats',
    help: 'Warnt so lange vor dem Ablauf des Zertifikats für eingehende Verbindungen in der Konsole und im Ereignisprotokoll.',
  },
};
