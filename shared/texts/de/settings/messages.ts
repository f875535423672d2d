import type { TabTexts } from '../../setting-texts.ts';

export const messageTexts: TabTexts<'messages'> = {
  'messages.sizeLimit': {
    label: 'Nachrichtengröße beschränken auf (KB)',
    help: 'Größere Nachrichten werden abgewiesen. Die Grenze wird dem Client vor dem Senden mitgeteilt.',
  },
  'messages.sessionSizeLimit': {
    label: 'Sitzungsgröße beschränken auf (KB)',
    help: 'So groß dürfen alle Nachrichten einer eingehenden Verbindung zusammen sein. Ein Client, der mehr zu senden hat, muss sich neu verbinden.',
  },
  'messages.messagesPerConnection': {
    label: 'Anzahl der Nachrichten pro Verbindung beschränken auf',
    help: 'Wie in IIS 6 nur für ausgehende E-Mail: Nach so vielen Nachrichten wird für die übrigen eine weitere Verbindung geöffnet.',
  },
  'messages.inboundMessagesPerConnection': {
    label: 'Anzahl der eingehenden Nachrichten pro Verbindung beschränken auf',
    help: 'Nach so vielen Nachrichten muss sich ein Client neu verbinden. IIS 6 hat keine solche Beschränkung, und anfangs ist sie ausgeschaltet.',
  },
  'messages.recipientLimit': {
    label: 'Anzahl der Empfänger pro Nachricht beschränken auf',
    help: 'Weitere Empfänger einer Nachricht werden vorübergehend abgewiesen, sodass der Client sie in einer weiteren Nachricht sendet. RFC 5321 verlangt mindestens 100.',
  },
  'messages.badCommandLimit': {
    label: 'Anzahl der ungültigen Befehle pro Verbindung beschränken auf',
    help: 'Ein Client, der so viele unbekannte oder abgewiesene Befehle sendet, wird getrennt.',
  },
  'messages.reportCopyTo': {
    label: 'Kopie des Unzustellbarkeitsberichts senden an',
    help: 'Jeder Unzustellbarkeitsbericht, den dieser Server erstellt, geht auch an diese Adresse. Leer: nur an den Absender.',
  },
  'messages.reportLanguage': {
    label: 'Sprache der Berichte',
    help: 'Die Sprache des Textes in Unzustellbarkeitsberichten und Verzögerungsbenachrichtigungen. Ihr Teil für Programme ist in jeder Sprache gleich.',
  },
  'messages.badmailFolder': {
    label: 'Badmail-Verzeichnis',
    help: 'Der Ordner auf einem lokalen Datenträger für E-Mail, die weder zugestellt noch zurückgesendet werden kann, mit dem Grund neben jeder Nachricht. Leer: Badmail im Basisverzeichnis.',
  },
  'messages.pickup': {
    label: 'Nachrichten aus dem Pickup-Verzeichnis senden',
    help: 'Textdateien, die Programme im Pickup-Verzeichnis ablegen, werden als E-Mail gesendet. Eine Relayprüfung gibt es dabei nicht: Wer in den Ordner schreiben darf, darf an beliebige Ziele senden.',
  },
  'messages.pickupFolder': {
    label: 'Pickup-Verzeichnis',
    help: 'Der Ordner auf einem lokalen Datenträger, aus dem Dateien gesendet werden. Leer: Pickup im Basisverzeichnis.',
  },
};
