import type { desktop as en } from '../en/desktop.ts';

export const desktop: typeof en = {
  productName: 'SMTP Relay Manager',
  tray: {
    open: 'Konsole öffnen',
    quit: 'Beenden…',
    running: 'Das Relay läuft. Nachrichten in der Warteschlange: {{queued}}',
    stopped: 'Das Relay nimmt keine Mail an. Nachrichten in der Warteschlange: {{queued}}',
    attention: 'Das Relay braucht Aufmerksamkeit. Nachrichten in der Warteschlange: {{queued}}',
  },
  quit: {
    question: 'SMTP Relay Manager beenden und das Relay anhalten?',
    stops: 'Angehalten wird:',
    server: '{{name}} ({{endpoints}})',
    notListening: 'nimmt keine Verbindungen an',
    consequence: 'Programme auf diesem Computer können keine Mail übergeben, bis das Relay wieder läuft.',
    queued: 'Nachrichten, die bis zum nächsten Start in der Warteschlange bleiben: {{queued}}',
    confirm: 'Beenden und Relay anhalten',
    cancel: 'Abbrechen',
  },
  startProblem: 'SMTP Relay Manager konnte nicht gestartet werden',
  startFailed: 'Das Relay konnte wegen eines internen Fehlers nicht gestartet werden: {{reason}}',
  crashed:
    'Das Konsolenfenster ist innerhalb einer Minute mehrmals abgestürzt und wurde nicht wieder geöffnet. Das Relay ist nicht betroffen. Starten Sie SMTP Relay Manager erneut, um das Fenster zu öffnen.',
};
