import type { problems as en } from '../en/problems.ts';

export const problems: typeof en = {
  title: 'SMTP Relay Manager',
  badArgument: 'Das Relay hat diesen Wert nicht angenommen.',
  unknownCall: 'Das Relay kennt diesen Befehl nicht. Vermutlich haben Konsole und Relay verschiedene Versionen.',
  invalidSetting: 'Dieser Wert ist nicht zulässig.',
  unknownSetting: 'Das Relay kennt diese Einstellung nicht. Vermutlich haben Konsole und Relay verschiedene Versionen.',
  conflict: 'Die Einstellungen wurden inzwischen von jemand anderem geändert.',
  notFound: 'Das gibt es nicht mehr.',
  notPossible: 'Das ist im Augenblick nicht möglich.',
  addressInUse: 'Die Adresse wird von einem anderen Programm verwendet.',
  addressInUseAt: 'Ein anderes Programm lauscht auf {{endpoint}}.',
  addressNotAvailable: 'Dieser Computer hat die Adresse nicht.',
  addressNotAvailableAt: 'Dieser Computer hat die Adresse von {{endpoint}} nicht.',
  portNotAllowed: 'Das Relay darf diesen Port nicht verwenden.',
  portNotAllowedAt: 'Das Relay darf nicht auf {{endpoint}} lauschen.',
  storage: 'Eine Datei oder ein Ordner konnte nicht gelesen oder geschrieben werden.',
  disconnected: 'Es besteht keine Verbindung zum Relay.',
  internal:
    'Das Relay konnte das wegen eines internen Fehlers nicht ausführen. Einzelheiten stehen in seinem Protokoll.',
};
