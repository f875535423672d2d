import type { TabTexts } from '../../setting-texts.ts';

export const accessTexts: TabTexts<'access'> = {
  'access.anonymous': {
    label: 'Anonymer Zugriff',
    help: 'Clients dürfen ohne Authentifizierung senden; wohin, bestimmen die Relayeinschränkungen. Ist er ausgeschaltet, wird E-Mail abgewiesen, bis sich der Client authentifiziert hat.',
  },
  'access.basic': {
    label: 'Standardauthentifizierung',
    help: 'Bietet die Authentifizierung mit den hier geführten Benutzernamen und Kennwörtern an. Die integrierte Windows-Authentifizierung gibt es hier nicht: Sie braucht Kerberos oder NTLM der Domäne. Programme auf diesem Host lässt die Relayliste zu, andere die Standardauthentifizierung mit TLS.',
  },
  'access.basicRequiresTls': {
    label: 'Erfordert TLS-Verschlüsselung',
    help: 'Die Standardauthentifizierung wird nur über verschlüsselte Verbindungen angeboten und angenommen, weil sie das Kennwort praktisch im Klartext sendet. Anders als in IIS 6 anfangs eingeschaltet.',
  },
  'access.users': {
    label: 'Benutzer',
    help: 'Die Benutzernamen für die Standardauthentifizierung, jeder mit einem eigenen Kennwort, das nur als Hash gespeichert wird. IIS 6 verwendet Windows-Konten; hier öffnet ein bekannt gewordenes Kennwort nichts als dieses Relay.',
  },
  'access.failedLoginDelay': {
    label: 'Verzögerung nach fehlgeschlagener Anmeldung (Sekunden)',
    help: 'So lange wird die Antwort auf einen falschen Benutzernamen oder ein falsches Kennwort zurückgehalten, was das Erraten bremst. Andere Verbindungen warten nicht.',
  },
  'access.lockoutThreshold': {
    label: 'Anzahl der fehlgeschlagenen Anmeldungen beschränken auf',
    help: 'Nach so vielen fehlgeschlagenen Anmeldungen eines Clients oder mit einem Benutzernamen werden weitere für die Sperrdauer abgewiesen, auch mit dem richtigen Kennwort.',
  },
  'access.lockoutTime': {
    label: 'Sperrdauer (Minuten)',
    help: 'So lange werden Anmeldungen nach zu vielen fehlgeschlagenen abgewiesen. Die Sperre endet von selbst.',
  },
  'access.certificateFile': {
    label: 'Zertifikatsdatei',
    help: 'PEM- oder PFX-Datei mit dem Zertifikat für eingehende Verbindungen; ohne Zertifikat wird TLS nicht angeboten. IIS 6 sucht im Zertifikatspeicher des Computers; hier ist es eine Datei, eine erneuerte wird ohne Neustart gelesen, und vor dem Ablauf wird gewarnt.',
  },
  'access.certificateKeyFile': {
    label: 'Datei mit dem privaten Schlüssel',
    help: 'PEM-Datei mit dem privaten Schlüssel, falls ihn die Zertifikatsdatei nicht enthält. Sein Kennwort wird getrennt von den Einstellungen gespeichert.',
  },
  'access.requireTls': {
    label: 'TLS-Verschlüsselung erforderlich',
    help: 'Clients müssen TLS starten, bevor sie etwas senden dürfen. Das SMTP-Beendigungsmodul einer Zertifizierungsstelle beherrscht kein TLS und würde abgewiesen.',
  },
  'access.connectionMode': {
    label: 'Wählen Sie aus, welche Computer auf diesen virtuellen Server zugreifen dürfen',
    help: '„Nur die Liste unten“ weist jeden Computer ab, der nicht in der Liste steht. „Alle außer der Liste unten“ weist die aufgeführten ab. Entschieden wird beim Verbindungsaufbau, vor jedem Befehl.',
  },
  'access.connectionList': {
    label: 'Computer',
    help: 'Einzelne Computer, Gruppen von Computern (Subnetzmaske oder Präfix), Domänen und dieser Computer selbst, für die die Auswahl oben gilt. Nur bei Einträgen mit Domäne muss der Client in DNS nachgeschlagen werden.',
  },
  'access.relayMode': {
    label: 'Wählen Sie aus, welche Computer über diesen virtuellen Server weiterleiten dürfen',
    help: '„Nur die Liste unten“ weist jeden Computer ab, der nicht in der Liste steht. „Alle außer der Liste unten“ erlaubt jedem anderen Computer, E-Mail an beliebige Ziele zu senden (offenes Relay).',
  },
  'access.relayList': {
    label: 'Computer',
    help: 'Einzelne Computer, Gruppen von Computern (Subnetzmaske oder Präfix), Domänen und dieser Computer selbst, für die die Auswahl oben gilt. Anders als in IIS 6 steht dieser Computer von Anfang an in der Liste.',
  },
  'access.relayAuthenticated': {
    label:
      'Jedem Computer, der erfolgreich authentifiziert wurde, das Weiterleiten erlauben, unabhängig von der Liste oben',
    help: 'Wer einen Benutzernamen und sein Kennwort kennt, darf E-Mail an beliebige Ziele senden. Anders als in IIS 6 anfangs ausgeschaltet.',
  },
};
