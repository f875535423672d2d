import type { desktop as en } from '../en/desktop.ts';

export const desktop: typeof en = {
  productName: 'SMTP Relay Manager',
  tray: {
    open: 'Konsole öffnen',
    retryAll: 'Alle Nachrichten jetzt wiederholen',
    startAtLogon: 'Bei meiner Anmeldung starten',
    quit: 'Programm beenden…',
    running: 'Das Relay läuft. Nachrichten in der Warteschlange: {{queued}}',
    waiting: 'Es warten Nachrichten. In der Warteschlange: {{queued}}',
    down: 'Ein Ziel ist nicht erreichbar. Nachrichten in der Warteschlange: {{queued}}',
    attention: 'Das Relay braucht Aufmerksamkeit. Nachrichten in der Warteschlange: {{queued}}',
    paused: 'Das Relay ist angehalten. Nachrichten in der Warteschlange: {{queued}}',
    stopped: 'Das Relay ist beendet. Nachrichten in der Warteschlange: {{queued}}',
    stopping: 'Das Relay wird beendet…',
    server: '{{name}}: {{state}}, {{queued}} in der Warteschlange',
    serverState: {
      running: 'läuft',
      waiting: 'Nachrichten warten',
      down: 'Ziel nicht erreichbar',
      attention: 'braucht Aufmerksamkeit',
      paused: 'angehalten',
      stopped: 'beendet',
    },
    goesOn: 'Das Relay läuft weiter',
    goesOnDetail:
      'E-Mail wird weiter angenommen und zugestellt. Über dieses Symbol öffnen Sie die Konsole oder beenden das Programm.',
  },
  quit: {
    question: 'SMTP Relay Manager und damit das Relay beenden?',
    stops: 'Beendet wird:',
    server: '{{name}} ({{endpoints}})',
    notListening: 'nimmt keine Verbindungen an',
    queued: 'Nachrichten in der Warteschlange, die bis zum nächsten Start bleiben: {{queued}}',
    inboundSessions: 'Verbindungen, über die E-Mail eingeht: {{sessions}}',
    outboundSessions: 'Verbindungen, über die E-Mail zugestellt wird: {{sessions}}',
    consequence: 'Programme auf diesem Computer können keine E-Mail übergeben, bis das Relay wieder läuft.',
    confirm: 'Programm und Relay beenden',
  },
  host: {
    title: 'Relay',
    service: 'mit dem Dienst verbunden',
    desktop: 'mit dem Programm einer anderen Sitzung verbunden',
    console: 'mit einem Relay ohne Fenster verbunden',
    otherSession: 'diesem Programm in einer anderen Sitzung (Prozess {{processId}})',
  },
  version: {
    check: 'Neuere Version suchen…',
    current: 'SMTP Relay Manager {{version}}',
    whereToLook:
      'Ob es eine neuere Version gibt, zeigt ein Vergleich dieser Nummer mit der neuesten dort, woher Sie das Programm haben. Oder fragen Sie, wer diesen Computer betreut.',
    noCalls:
      'SMTP Relay Manager sucht nie selbst nach neuen Versionen und sendet niemandem etwas über diesen Computer.',
    runtime: 'Electron {{electron}}, Chromium {{chromium}}, Node.js {{node}}',
  },
  choose: {
    folder: 'Ordner auswählen',
    certificate: 'Zertifikate',
    privateKey: 'Private Schlüssel',
    metabase: 'IIS-Metabasis',
    any: 'Alle Dateien',
  },
  startProblem: 'SMTP Relay Manager konnte nicht gestartet werden',
  startFailed: 'Das Relay konnte wegen eines internen Fehlers nicht gestartet werden: {{reason}}',
  actionFailed: 'Das war wegen eines internen Fehlers nicht möglich: {{reason}}',
  crashed:
    'Das Konsolenfenster ist innerhalb einer Minute mehrmals abgestürzt und wurde nicht wieder geöffnet. Das Relay ist nicht betroffen. Starten Sie SMTP Relay Manager erneut, um das Fenster zu öffnen.',
  unresponsive: {
    question: 'Das Konsolenfenster reagiert nicht.',
    detail:
      'Das Relay ist nicht betroffen: E-Mail wird weiter angenommen und zugestellt. Öffnen Sie das Fenster neu, oder warten Sie, bis es wieder reagiert.',
    reload: 'Neu öffnen',
    wait: 'Warten',
  },
};
