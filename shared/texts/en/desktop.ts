/** What the desktop application says outside its window: tray, questions, error boxes. Values in {{ }} are filled in. */
export const desktop = {
  productName: 'SMTP Relay Manager',
  tray: {
    open: 'Open console',
    quit: 'Quit…',
    running: 'Relay is running. Messages in the queue: {{queued}}',
    stopped: 'Relay is not taking mail in. Messages in the queue: {{queued}}',
    attention: 'Relay needs attention. Messages in the queue: {{queued}}',
  },
  quit: {
    question: 'Quit SMTP Relay Manager and stop the relay?',
    stops: 'This stops:',
    server: '{{name}} ({{endpoints}})',
    notListening: 'not listening',
    consequence: 'Programs on this computer can hand in no mail until the relay runs again.',
    queued: 'Messages that stay in the queue until the next start: {{queued}}',
    confirm: 'Quit and stop the relay',
    cancel: 'Cancel',
  },
  startProblem: 'SMTP Relay Manager could not start',
  startFailed: 'The relay could not be started because of an internal error: {{reason}}',
  crashed:
    'The console window failed several times within a minute and was not opened again. The relay is not affected. Start SMTP Relay Manager again to open the window.',
};
