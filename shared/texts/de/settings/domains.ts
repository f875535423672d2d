import type { TabTexts } from '../../setting-texts.ts';

export const domainTexts: TabTexts<'domains'> = {
  'domains.remote': {
    label: 'Remotedomänen',
    help: 'Domänen, deren E-Mail einen anderen Weg nimmt als die übrige: Ein genauer Name gilt vor einem Platzhalter wie *.example.org, der längste Platzhalter vor kürzeren.',
  },
  'domains.default': {
    label: 'Standarddomäne',
    help: 'E-Mail an diese Domäne wird nicht weitergeleitet, sondern ins Drop-Verzeichnis geschrieben. Anders als in IIS 6 anfangs leer: Es gibt keine lokale Domäne, und alle E-Mail wird weitergeleitet.',
  },
  'domains.aliases': {
    label: 'Aliasdomänen',
    help: 'Weitere Namen der Standarddomäne; ihre E-Mail geht in dasselbe Drop-Verzeichnis.',
  },
  'domains.dropFolder': {
    label: 'Drop-Verzeichnis',
    help: 'Der Ordner auf einem lokalen Datenträger für E-Mail an die Standarddomäne, eine Datei je Nachricht; nichts hier leert ihn. Leer: Drop im Basisverzeichnis.',
  },
  'domains.dropQuota': {
    label: 'Drop-Verzeichniskontingent aktivieren',
    help: 'Das Drop-Verzeichnis fasst das Zehnfache der größten zulässigen Nachricht. Ist es voll, wartet lokale E-Mail in der Warteschlange; IIS 6 weist sie ab.',
  },
};
