import type { service as en } from '../en/service.ts';

export const service: typeof en = {
  install: {
    menu: 'Dienst installieren…',
    title: 'Dienst installieren',
    intro: 'Als Dienst läuft das Relay, bevor sich jemand anmeldet, und läuft weiter, wenn sich alle abmelden.',
    steps: {
      stop: 'Das Relay dieses Fensters nimmt einige Sekunden lang keine E-Mail an. Die Warteschlange bleibt erhalten.',
      make: 'Der Dienst wird eingerichtet oder, wenn es ihn gibt, berichtigt. Er startet mit dem Computer und nach einem Fehler von selbst.',
      rights: 'Den Datenordner dürfen ab dann nur Administratoren, das System und das Konto des Dienstes verwenden.',
      attach: 'Der Dienst übernimmt. Dieses Fenster zeigt dann sein Relay und kann geschlossen werden.',
    },
    failure: 'Misslingt ein Schritt, betreibt dieses Fenster das Relay wieder wie zuvor.',
    confirm: 'Installieren',
    working: 'Der Dienst wird installiert…',
    done: 'Der Dienst ist installiert und läuft. Dieses Fenster zeigt sein Relay.',
  },
  remove: {
    menu: 'Dienst entfernen…',
    title: 'Dienst entfernen',
    intro:
      'Das Relay läuft dann nur noch, solange diese Anwendung geöffnet ist: Sonst wird die E-Mail dieses Computers abgewiesen.',
    steps: {
      stop: 'Der Dienst nimmt keine E-Mail mehr an. Die Warteschlange und alle Einstellungen bleiben erhalten.',
      remove: 'Der Dienst wird aus dem System entfernt.',
      host: 'Dieses Fenster betreibt das Relay selbst und läuft, wenn es geschlossen wird, im Infobereich weiter.',
    },
    confirm: 'Entfernen',
    working: 'Der Dienst wird entfernt…',
    done: 'Der Dienst ist entfernt. Diese Anwendung betreibt das Relay.',
  },
  facts: {
    state: 'Dienst jetzt',
    account: 'Konto',
    dataFolder: 'Datenordner',
    start: 'Start',
    startValue: 'mit dem Computer',
  },
  state: {
    running: 'läuft',
    stopped: 'beendet',
    starting: 'wird gestartet',
    stopping: 'wird beendet',
    paused: 'angehalten',
    absent: 'nicht vorhanden',
  },
  command: 'Oder in einer Eingabeaufforderung mit Administratorrechten:',
  elevation: {
    needed: 'Dafür sind Administratorrechte nötig.',
    restart: 'Als Administrator neu starten',
    declined: 'Windows hat keine Administratorrechte erteilt. Es wurde nichts geändert.',
  },
  notPossible: {
    checkout:
      'Nur die installierte Anwendung kann ein Dienst sein; diese hier läuft aus einem Ordner mit dem Quelltext.',
    portable:
      'Dies ist die portable Anwendung. Ein Dienst darf nicht von einem Ordner abhängen, der verschoben werden kann: Installieren Sie die Anwendung zuerst mit ihrem Installationsprogramm.',
    system: 'Das Relay kann nur unter Windows und Linux ein Dienst sein.',
  },
  failed: 'Das war nicht möglich. Nichts ist verloren; das Relay ist, wo es war.',
  problem: {
    notElevated: 'Es sind Administratorrechte nötig.',
    otherRelay:
      'Ein anderes Programm (Prozess {{processId}}) betreibt das Relay auf diesem Datenordner. Beenden Sie es dort zuerst, und versuchen Sie es dann erneut.',
    command: 'Windows hat einen Schritt abgelehnt ({{step}}: Fehler {{errorCode}}).',
    commandLinux: 'Das System hat einen Schritt abgelehnt ({{step}}: Fehler {{errorCode}}).',
    state: 'Der Dienst {{state}} (Exitcode {{exitCode}}). Den Grund nennt das Ereignisprotokoll unter Anwendung.',
    slow: 'Der Dienst hat seinen Zustand nicht innerhalb von {{seconds}} Sekunden geändert. Sehen Sie im Fenster „Dienste“ nach.',
    error5: 'Es sind Administratorrechte nötig. ({{step}}: Fehler {{errorCode}})',
    error1053:
      'Der Dienst hat nicht rechtzeitig geantwortet. Den Grund nennt das Ereignisprotokoll unter Anwendung. ({{step}}: Fehler {{errorCode}})',
    error1058: 'Der Dienst ist deaktiviert. Aktivieren Sie ihn im Fenster „Dienste“. ({{step}}: Fehler {{errorCode}})',
    error1069:
      'Das Konto des Dienstes darf sich nicht als Dienst anmelden. Dieses Recht legt eine Gruppenrichtlinie fest. ({{step}}: Fehler {{errorCode}})',
    error1072:
      'Der Dienst wird gerade entfernt, während ihn noch ein Programm anzeigt. Schließen Sie das Fenster „Dienste“, und versuchen Sie es erneut. ({{step}}: Fehler {{errorCode}})',
  },
  noRights: {
    title: 'Es sind Administratorrechte nötig',
    text: 'Das Relay dieses Computers läuft als Dienst, oder sein Datenordner gehört Administratoren. Nur sie dürfen es sehen und ändern.',
    mail: 'Solange sein Dienst läuft, wird E-Mail unabhängig davon angenommen und zugestellt.',
    again: 'Dieses Fenster versucht es von selbst wieder.',
    elsewhere: 'Starten Sie die Konsole als Administrator, oder melden Sie sich als einer an.',
  },
  browse: {
    button: 'Durchsuchen…',
    label: 'Durchsuchen… ({{field}})',
  },
};
