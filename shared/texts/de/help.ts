import type { help as en } from '../en/help.ts';

export const help: typeof en = {
  title: 'Hilfethemen',
  topics: 'Themen',
  topic: {
    root: {
      title: 'SMTP Relay Manager',
      text: 'Diese Konsole verwaltet das SMTP-Relay dieses Computers. Das Relay nimmt E-Mail von Programmen wie einer Zertifizierungsstelle an, bewahrt sie auf dem Datenträger auf und stellt sie zu, sobald das Mailgateway erreichbar ist.\n\nDie Konsolenstruktur links zeigt den Computer, seine virtuellen Server und was zu jedem gehört. Die Liste rechts zeigt den Inhalt des ausgewählten Knotens.',
    },
    computer: {
      title: 'Computer',
      text: 'Die Liste zeigt die virtuellen Server dieses Computers mit Status, Adresse und Port. Warnungen darunter sagen, was nicht stimmt und was zu tun ist.\n\nUm einen Server zu starten, zu beenden oder anzuhalten, wählen Sie ihn aus und verwenden die Symbolleiste oder das Menü Aktion. Unter Eigenschaften ändern Sie seine Einstellungen.',
    },
    server: {
      title: 'Virtueller SMTP-Server',
      text: 'Ein virtueller Server ist gestartet, angehalten oder beendet.\n\nGestartet: E-Mail wird angenommen und zugestellt.\nAngehalten: Neue Verbindungen werden abgewiesen, wartende E-Mail wird zugestellt. Wählen Sie Anhalten noch einmal, um fortzufahren.\nBeendet: keins von beidem. Wartende E-Mail bleibt in der Warteschlange.\n\nDer Status übersteht einen Neustart des Computers.',
    },
    sessions: {
      title: 'Aktuelle Sitzungen',
      text: 'Wer im Augenblick verbunden ist: Programme, die E-Mail übergeben (eingehend), und Mailserver, denen E-Mail zugestellt wird (ausgehend). Die Liste aktualisiert sich selbst.\n\nBeenden trennt die Verbindungen der ausgewählten Sitzungen, Alle beenden die Verbindungen aller. E-Mail geht dabei nicht verloren: Wer gesendet hat, versucht es erneut.',
    },
    queue: {
      title: 'Warteschlange',
      text: 'Jede Nachricht, die angenommen und noch nicht zugestellt wurde, mit dem Grund, warum sie wartet, und der Zeit des nächsten Versuchs.\n\nBereit: wartet, bis sie an der Reihe ist.\nSenden: wird gerade zugestellt.\nWiederholen: Ein Versuch ist fehlgeschlagen, der nächste steht fest.\nAngehalten: Ein Administrator hat sie angehalten; es geschieht nichts, bis sie freigegeben wird.\nFehler: wird nicht mehr versucht.\n\nWählen Sie Nachrichten aus, um sie erneut zu versuchen, anzuhalten, freizugeben oder zu löschen. Strg+Z macht das letzte Löschen rückgängig; das geht zehn Minuten lang. Strg+A wählt alles aus, was zu Suche und Filter passt, auch was noch nicht geladen ist. Ein Doppelklick auf eine Nachricht zeigt Empfänger, Versuche und Text.',
    },
    badmail: {
      title: 'Badmail',
      text: 'Nachrichten, die weder zugestellt noch an den Absender zurückgesendet werden konnten, und Dateien des Pickup-Verzeichnisses, die nicht zu verstehen waren. Zu jeder gibt es eine Notiz mit dem Grund.\n\nErneut einreichen stellt eine Nachricht als neue E-Mail an die darin genannten Empfänger in die Warteschlange. Löschen entfernt sie endgültig: Anders als aus der Warteschlange Gelöschtes kommt sie nicht zurück.\n\nDer Ordner wird nie von selbst geleert.',
    },
    log: {
      title: 'Protokoll',
      text: 'Jeder SMTP-Befehl mit seiner Antwort, sobald er geschieht: von Programmen, die E-Mail übergeben (eingehend), und von Mailservern, denen E-Mail zugestellt wird (ausgehend). Kennwörter und Texte von Nachrichten werden nie protokolliert.\n\nDie Ansicht folgt der neuesten Zeile. Wer nach oben blättert, bleibt an der Stelle; Zur neuesten Zeile setzt das Folgen fort. Anhalten hält die Ansicht ganz an. Der Filter zeigt Zeilen, die jedes Wort enthalten.\n\nDie Zeilen bleiben im Speicher, auch wenn keine Protokolldatei geschrieben wird. Dateien werden unter Eigenschaften > Allgemein eingeschaltet.',
    },
    properties: {
      title: 'Eigenschaften eines virtuellen Servers',
      text: 'Allgemein: die Adressen und Ports, an denen der Server lauscht, Grenzen für eingehende Verbindungen.\nZugriff: wer über diesen Server an andere Domänen senden darf. Ab Werk ist das nur dieser Computer.\nNachrichten: Grenzen für Größe und Empfänger.\nÜbermittlung: wann eine fehlgeschlagene Zustellung wiederholt und wann sie aufgegeben wird, Smarthosts und ausgehende Verbindungen.\n\nÜbernehmen speichert die Änderungen. Sie gelten für neue Verbindungen und Versuche; laufende Sitzungen werden nicht unterbrochen. Einstellungen von der Befehlszeile gelten für diesen Lauf und sind gekennzeichnet.',
    },
    keyboard: {
      title: 'Tastatur',
      text: 'F5 oder Strg+R: aktualisieren\nF6: nächster Bereich\nAlt oder F10: Menüleiste\nUmschalt+F10: Kontextmenü\nEingabe oder Alt+Eingabe: öffnen, Eigenschaften\nEntf: löschen\nStrg+Z: Löschen rückgängig machen (Warteschlange)\nAlt+Links, Alt+Rechts: zurück, vorwärts\nRücktaste: eine Ebene nach oben\nStrg+A, Umschalt und Strg mit Pfeiltasten oder Klicks, Leertaste: Auswahl\nStrg+C: ausgewählte Zeilen kopieren\nStrg+S: Liste exportieren\nF1: Hilfe zu dieser Seite',
    },
  },
};
