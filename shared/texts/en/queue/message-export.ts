/** Messages as files. */
export const messageExport = {
  title: 'Export Messages',
  about_one: 'The message is saved as an .eml file, byte by byte as it will be sent.',
  about_other:
    '{{count, number}} messages are saved as one mailbox file (.mbox), which mail programs and text editors open.',
  folderNote: 'Nothing is taken out of the queue.',
  start: 'Export',
  collecting: 'Collecting the messages…',
  progress: '{{done, number}} of {{total, number}} messages',
  bytes: '{{done}} of {{total}}',
  exported_one: '{{count, number}} message exported',
  exported_other: '{{count, number}} messages exported',
  nothing: 'No message was exported: they have all left the queue meanwhile.',
};
