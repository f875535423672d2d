/** Nachrichten als Dateien. */
import type { messageExport as english } from '../../en/queue/message-export.ts';

export const messageExport: typeof english = {
  title: 'Nachrichten exportieren',
  about_one: 'Die Nachricht wird als .eml-Datei gespeichert, Byte für Byte, wie sie gesendet wird.',
  about_other:
    '{{count, number}} Nachrichten werden als eine Postfachdatei (.mbox) gespeichert, die Mailprogramme und Texteditoren öffnen.',
  folderNote: 'Aus der Warteschlange wird nichts entfernt.',
  start: 'Exportieren',
  collecting: 'Die Nachrichten werden gesammelt…',
  progress: '{{done, number}} von {{total, number}} Nachrichten',
  bytes: '{{done}} von {{total}}',
  exported_one: '{{count, number}} Nachricht exportiert',
  exported_other: '{{count, number}} Nachrichten exportiert',
  nothing: 'Es wurde keine Nachricht exportiert: alle haben die Warteschlange inzwischen verlassen.',
};
