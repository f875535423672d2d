import type { sessions as en } from '../en/sessions.ts';

export const sessions: typeof en = {
  column: {
    user: 'Benutzer',
    from: 'Von',
    connectedTime: 'Verbindungszeit',
    direction: 'Richtung',
    phase: 'Phase',
    messages: 'Nachrichten',
    encrypted: 'Verschlüsselt',
  },
  phases: {
    connecting: 'verbindet',
    connected: 'verbunden',
    greeted: 'begrüßt',
    auth: 'Anmeldung',
    mail: 'Umschlag',
    data: 'Nachricht',
    sending: 'sendet',
    idle: 'wartet',
  },
  direction: { inbound: 'Eingehend', outbound: 'Ausgehend' },
  encrypted: { yes: 'Ja (TLS)', no: 'Nein' },
  count_one: '{{count}} Sitzung',
  count_other: '{{count}} Sitzungen',
  empty: 'Niemand ist verbunden.',
  emptyAdvice:
    'Sitzungen erscheinen hier, während ein Programm E-Mail übergibt und während E-Mail zugestellt wird. Die Liste aktualisiert sich selbst.',
  emptyStopped: 'Der Server ist beendet, daher kann niemand eine Verbindung herstellen. Wählen Sie Aktion > Starten.',
  paused: 'Aktualisierung angehalten',
  action: { live: 'Live', terminate: 'Beenden', terminateAll: 'Alle beenden' },
  reason: { nothingSelected: 'Zuerst eine oder mehrere Sitzungen auswählen.' },
  terminate: {
    title: 'Sitzungen beenden',
    one: 'Die Sitzung von {{user}} ({{peer}}) beenden?',
    some: '{{count}} Sitzungen beenden?',
    all: 'Alle Sitzungen dieses virtuellen Servers beenden?',
    consequence:
      'Die Verbindung wird sofort getrennt. Eine Nachricht, die gerade angenommen oder gesendet wird, geht nicht verloren: Wer gesendet hat, versucht es erneut.',
    confirm: 'Beenden',
  },
};
