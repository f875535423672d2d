/** Register des Eigenschaftenfensters von IIS 6, auf denen es hier nichts einzustellen gibt, und warum. */
import type { ExplainedTab } from '../../setting-texts.ts';

export const ldapRouting: ExplainedTab = {
  title: 'LDAP-Routing',
  explanation:
    'LDAP-Routing gibt es hier nicht. Das Nachschlagen von Empfängern und das Auflösen von Gruppen gehören nicht auf ein Relay: Das Verzeichnis ist möglicherweise nur über das Netz erreichbar, das gerade ausgefallen ist, und angenommene E-Mail darf davon nicht abhängen. Das übernimmt der Mailserver, der die E-Mail empfängt.',
};

export const security: ExplainedTab = {
  title: 'Sicherheit',
  explanation:
    'Eine Liste von Operatoren gibt es hier nicht. Operatoren dieses virtuellen Servers sind alle, die Rechte an der lokalen Pipe und am Datenordner des Relays haben: anfangs die Administratoren dieses Computers und das Konto, unter dem das Relay läuft.',
};
