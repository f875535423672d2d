/** Wie ausgehende Verbindungen geschützt werden: für den ganzen Server und für eine Remotedomäne mit eigenem Weg. */
import type { OutboundSecurityTexts } from '../../setting-texts.ts';

export const outboundSecurityTexts: OutboundSecurityTexts = {
  tlsMode: {
    label: 'TLS-Verschlüsselung',
    help: '„Falls verfügbar“ verschlüsselt, wo es der Remoteserver anbietet. „Erforderlich“ sendet, mit und ohne Prüfung des Zertifikats, nie im Klartext: Wo TLS misslingt, wartet die E-Mail und wird nicht wie in IIS 6 sofort zurückgesendet.',
  },
  implicitTls: {
    label: 'Implizites TLS',
    help: 'Die Verbindung wird vom ersten Byte an verschlüsselt (üblich ist Port 465) statt durch STARTTLS.',
  },
  caFile: {
    label: 'Zusätzliche Zertifizierungsstellen',
    help: 'PEM-Datei mit Zertifikaten von Zertifizierungsstellen, denen neben denen des Betriebssystems vertraut wird, zum Beispiel der Stammzertifizierungsstelle der eigenen Organisation.',
  },
  authentication: {
    label: 'Authentifizierung',
    help: 'Wie sich dieser Server beim Remoteserver authentifiziert. OAuth 2.0 mit Clientanmeldeinformationen ist für Microsoft 365 gedacht; die integrierte Windows-Authentifizierung gibt es hier nicht.',
  },
  userName: {
    label: 'Benutzername',
    help: 'Der Benutzername für die Standardauthentifizierung; bei OAuth 2.0 das Postfach, das sendet. Kennwort oder Clientgeheimnis werden getrennt von den Einstellungen gespeichert und nie angezeigt.',
  },
  oauthTokenEndpoint: {
    label: 'Tokenendpunkt',
    help: 'Die Webadresse mit https, die Zugriffstoken ausstellt, bei Microsoft 365 die des Mandanten.',
  },
  oauthClientId: {
    label: 'Anwendungs-ID (Client)',
    help: 'Die ID, unter der dieses Relay beim Identitätsanbieter registriert ist.',
  },
  oauthScope: {
    label: 'Bereich',
    help: 'Die Berechtigung, die mit jedem Token angefordert wird. Für Microsoft 365: https://outlook.office365.com/.default',
  },
};
