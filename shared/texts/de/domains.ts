import type { domains as en } from '../en/domains.ts';

export const domains: typeof en = {
  list: 'Domänen',
  count_one: '{{count}} Domäne',
  count_other: '{{count}} Domänen',
  column: { name: 'Domänenname', type: 'Typ', route: 'Route', flags: 'Hinweise' },
  type: { default: 'Lokal (Standard)', alias: 'Lokal (Alias)', remote: 'Remote' },
  route: { drop: 'Drop-Verzeichnis', dns: 'DNS', server: 'Wie der Server' },
  flag: {
    held: 'Angehalten',
    relayAllowed: 'Weiterleitung für alle',
    security: 'Eigene Sicherheit',
    port: 'Port {{port}}',
    helo: 'HELO',
    unused: 'Nicht in Gebrauch: Es gibt keine Standarddomäne',
  },
  empty: 'Es sind keine Domänen eingerichtet.',
  emptyAdvice:
    'Alle E-Mail nimmt den Weg unter Eigenschaften > Übermittlung. Legen Sie eine Remotedomäne an (Aktion > Neu > Domäne…), wenn ein Ziel einen eigenen Weg braucht, oder einen Alias für E-Mail, die im Drop-Verzeichnis dieses Computers bleiben soll.',
  action: {
    new: 'Neu',
    newDomain: 'Domäne…',
    setDefault: 'Als Standard festlegen',
    delete: 'Löschen',
    rename: 'Umbenennen',
    properties: 'Eigenschaften',
  },
  reason: {
    nothingSelected: 'Es ist keine Domäne ausgewählt.',
    oneOnly: 'Wählen Sie nur eine Domäne aus.',
    notAnAlias: 'Nur ein Alias kann Standarddomäne werden.',
    defaultStays:
      'Die Standarddomäne kann nicht gelöscht werden, solange sie Aliase hat. Legen Sie zuerst einen Alias als Standard fest.',
  },
  problem: {
    empty: 'Geben Sie den Namen der Domäne ein.',
    wildcard: 'Ein * ist nur bei Remotedomänen und nur als *. am Anfang möglich, zum Beispiel *.example.org.',
    name: 'Geben Sie einen Domänennamen wie example.org ein.',
    duplicate: 'Die Domäne {{name}} gibt es bereits.',
    smartHosts: 'Fügen Sie einen Smarthost hinzu, oder wählen Sie DNS.',
    port: 'Geben Sie einen Port von 1 bis 65535 ein oder nichts.',
  },
  wizard: {
    title: 'Assistent für neue SMTP-Domänen',
    typeQuestion: 'Geben Sie den Domänentyp an:',
    remote: 'Remote',
    remoteNote:
      'E-Mail an diese Domäne nimmt einen anderen Weg als die übrige: eigene Smarthosts, eigener Port, eigenes TLS oder eigene Anmeldung.',
    alias: 'Alias',
    aliasNote:
      'Ein weiterer Name der Standarddomäne. E-Mail an sie wird nicht gesendet, sondern ins Drop-Verzeichnis geschrieben.',
    firstLocal: 'Es gibt noch keine Standarddomäne: Diese Domäne wird es.',
    nameQuestion: 'Geben Sie den Namen der Domäne an:',
    name: 'Name',
    remoteNameNote: 'Ein Name wie example.org oder *.example.org für alle Domänen darunter.',
    aliasNameNote: 'Ein Name wie example.org.',
  },
  rename: {
    title: 'Domäne umbenennen',
    name: 'Name',
    secrets:
      'Kennwort oder Clientgeheimnis dieser Domäne hängen an ihrem Namen: Geben Sie sie danach unter Eigenschaften neu ein.',
  },
  delete: {
    title: 'Domäne löschen',
    one: 'Die Domäne {{name}} löschen?',
    some_one: '{{count}} Domäne löschen?',
    some_other: '{{count}} Domänen löschen?',
    remote: 'E-Mail dorthin nimmt dann den Weg des Servers. Nachrichten in der Warteschlange bleiben dort.',
    alias: 'E-Mail dorthin ist dann nicht mehr lokal: Sie wird weitergeleitet wie jede andere.',
    lastLocal:
      'Es ist die letzte lokale Domäne. Ohne sie ist nichts mehr lokal: E-Mail an sie wird weitergeleitet wie jede andere, und ins Drop-Verzeichnis kommen keine Dateien mehr.',
    confirm: 'Löschen',
  },
  sheet: {
    title: 'Eigenschaften von {{name}}',
    general: 'Allgemein',
    advanced: 'Erweitert',
    relay: 'Relay',
    routing: 'Route der Domäne',
    useDns: 'DNS für Routing an diese Domäne verwenden',
    smartHosts: 'Alle Nachrichten an Smarthost weiterleiten',
    portHint: 'wie der Server ({{port}})',
    outboundSecurity: 'Ausgehende Sicherheit…',
    securityOfServer: 'TLS und Authentifizierung: wie der Server.',
    securityOwn: 'TLS und Authentifizierung: eigene Einstellungen.',
    heloContradicts:
      'HELO kennt weder STARTTLS noch Authentifizierung: Wo TLS erforderlich ist, wartet die E-Mail an diese Domäne; Benutzername und Kennwort werden nicht verwendet.',
    held: 'Remote ausgelöste Übermittlung',
    heldInstead:
      'In IIS 6 holt der Remoteserver angehaltene E-Mail mit ATRN ab, angemeldet mit einem Windows-Konto. Diesen Befehl gibt es hier nicht: Ein Administrator gibt die E-Mail in der Warteschlange frei (auswählen, Aktion > Freigeben).',
    aliasText:
      'Diese Domäne ist ein Alias der Standarddomäne {{name}}. Ihre E-Mail geht in dasselbe Drop-Verzeichnis; hier ist nichts einzustellen.',
    aliasUnused:
      'Diese Domäne ist ein Alias, aber es gibt keine Standarddomäne: Ihre E-Mail wird weitergeleitet wie jede andere.',
    aliasAdvice: 'Mit Als Standard festlegen in ihrem Menü wird sie zur Standarddomäne.',
    localText:
      'E-Mail an diese Domäne wird nicht gesendet: Sie wird ins Drop-Verzeichnis geschrieben, eine Datei je Nachricht.',
  },
  security: {
    useServer: 'Einstellungen des virtuellen Servers verwenden',
    useOwn: 'Eigene Einstellungen für diese Domäne',
  },
};
