/** What the desktop application says outside its window: tray, questions, error boxes. Values in {{ }} are filled in. */
export const desktop = {
  productName: 'SMTP Relay Manager',
  tray: {
    open: 'Open console',
    retryAll: 'Retry all mail now',
    startAtLogon: 'Start when I log on',
    quit: 'Quit…',
    /** The whole relay, for one virtual server. */
    running: 'Relay is running. Messages in the queue: {{queued}}',
    waiting: 'Mail is waiting. Messages in the queue: {{queued}}',
    down: 'A destination cannot be reached. Messages in the queue: {{queued}}',
    attention: 'Relay needs attention. Messages in the queue: {{queued}}',
    paused: 'Relay is paused. Messages in the queue: {{queued}}',
    stopped: 'Relay is stopped. Messages in the queue: {{queued}}',
    stopping: 'Relay is stopping…',
    /** One virtual server among several. */
    server: '{{name}}: {{state}}, {{queued}} queued',
    serverState: {
      running: 'running',
      waiting: 'mail is waiting',
      down: 'destination down',
      attention: 'needs attention',
      paused: 'paused',
      stopped: 'stopped',
    },
    goesOn: 'The relay goes on',
    goesOnDetail: 'Mail is still taken in and delivered. Open the console, or quit, with this icon.',
  },
  quit: {
    question: 'Quit SMTP Relay Manager and stop the relay?',
    stops: 'This stops:',
    server: '{{name}} ({{endpoints}})',
    notListening: 'not listening',
    queued: 'messages in the queue, kept for the next start: {{queued}}',
    inboundSessions: 'connections that hand mail in: {{sessions}}',
    outboundSessions: 'connections that deliver mail: {{sessions}}',
    consequence: 'Programs on this computer can hand in no mail until the relay runs again.',
    confirm: 'Quit and stop the relay',
  },
  /** Whose relay the window shows, when it is not its own. */
  host: {
    title: 'Relay',
    service: 'connected to the service',
    desktop: 'connected to the program of another session',
    console: 'connected to a relay without a window',
    otherSession: 'this program in another session (process {{processId}})',
  },
  version: {
    check: 'Check for a new version…',
    current: 'SMTP Relay Manager {{version}}',
    whereToLook:
      'To see whether there is a newer version, compare this number with the newest one where you got the program from, or ask who looks after this computer.',
    noCalls:
      'SMTP Relay Manager never looks for new versions itself, and sends nothing about this computer to anybody.',
    runtime: 'Electron {{electron}}, Chromium {{chromium}}, Node.js {{node}}',
  },
  /** Titles of the dialogs that choose a file. */
  choose: {
    folder: 'Choose a folder',
    certificate: 'Certificates',
    privateKey: 'Private keys',
    metabase: 'IIS metabase',
    any: 'All files',
  },
  startProblem: 'SMTP Relay Manager could not start',
  startFailed: 'The relay could not be started because of an internal error: {{reason}}',
  actionFailed: 'That was not possible because of an internal error: {{reason}}',
  crashed:
    'The console window failed several times within a minute and was not opened again. The relay is not affected. Start SMTP Relay Manager again to open the window.',
  unresponsive: {
    question: 'The console window does not respond.',
    detail:
      'The relay is not affected: mail is still taken in and delivered. Open the window again, or wait until it responds.',
    reload: 'Open again',
    wait: 'Wait',
  },
};
