/** Das Eigenschaftenfenster einer Remotedomäne. */
import type { RemoteDomainTexts } from '../../setting-texts.ts';

export const remoteDomainTexts: RemoteDomainTexts = {
  name: {
    label: 'Name',
    help: 'Die Domäne hinter dem @ der Empfänger, zum Beispiel example.org, oder *.example.org für alle Domänen darunter.',
  },
  relayAllowed: {
    label: 'Weiterleiten eingehender Nachrichten an diese Domäne zulassen',
    help: 'Jeder, der eine Verbindung herstellen darf, darf an diese Domäne senden, was auch immer die Relayeinschränkungen bestimmen.',
  },
  helo: {
    label: 'HELO anstelle von EHLO senden',
    help: 'Für alte Server, die mit EHLO nicht zurechtkommen. Weder STARTTLS noch Authentifizierung ist dann möglich.',
  },
  smartHosts: {
    label: 'Alle Nachrichten an Smarthost weiterleiten',
    help: 'Die Mailgateways für diese Domäne, in dieser Reihenfolge versucht, anstelle derer des Servers. Leer: die Mailserver (MX) der Domäne nach DNS.',
  },
  port: {
    label: 'TCP-Port',
    help: 'Der Port auf dem Remoteserver für diese Domäne, sofern ein Smarthost keinen eigenen nennt. Leer: der Port des Servers.',
  },
  held: {
    label: 'Nachrichten bis zur Freigabe anhalten',
    help: 'E-Mail an diese Domäne wartet, bis sie in der Warteschlange freigegeben wird. Das tritt an die Stelle der remote ausgelösten Übermittlung (ATRN) von IIS 6, die es hier nicht gibt.',
  },
  security: {
    label: 'Ausgehende Sicherheit',
    help: 'TLS und Authentifizierung für diese Domäne allein. Fehlt sie, gilt die des Servers.',
  },
};
