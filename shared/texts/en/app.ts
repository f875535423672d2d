/** The frame: window, tree, panes, dialogs every part uses. */
export const app = {
  productName: 'SMTP Relay Manager',
  windowTitle: '{{computer}} - SMTP Relay Manager',
  tree: {
    label: 'Console tree',
    computer: '{{computer}} (local computer)',
    sessions: 'Current Sessions',
    queue: 'Queue',
  },
  pane: {
    view: 'Details',
    splitter: 'Width of the console tree',
    toolbar: 'Toolbar',
    status: 'Status bar',
  },
  list: {
    noSuchServer: 'This virtual server does not exist any more.',
    columnWidth: 'Width of the column {{heading}}',
    loading: 'Loading…',
    failed: 'This list could not be loaded.',
    tryAgain: 'Try again',
  },
  dialog: {
    ok: 'OK',
    cancel: 'Cancel',
    apply: 'Apply',
    close: 'Close',
    help: 'Help',
    copyDetails: 'Copy details',
  },
  connection: {
    connecting: 'Connecting to the relay…',
    lost: 'Connection to the relay was lost. Trying again…',
    reload: 'Reload',
  },
  error: {
    title: 'The console ran into an error',
    explanation:
      'The relay itself is not affected: mail is still taken in and delivered. Reload the console to go on. If it happens again, send the details to your support.',
    reload: 'Reload',
  },
  exportList: {
    title: 'Export List',
    rows: 'Rows',
    selectedRows: 'Selected rows ({{count}})',
    allRows: 'All rows ({{count}})',
    format: 'Format',
    commaSeparated: 'Comma-separated (.csv)',
    tabSeparated: 'Tab-separated (.txt)',
    encoding: 'The file is written as UTF-8 with a byte order mark, so that Excel and Notepad read it correctly.',
    export: 'Export',
  },
  about: {
    title: 'About SMTP Relay Manager',
    description: 'A local store-and-forward SMTP relay with a durable queue.',
    version: 'Version',
    licence: 'Licence',
    computer: 'Computer',
    hostedBy: 'The relay runs in',
    hostedByValue: {
      desktop: 'this application (process {{processId}})',
      service: 'a service (process {{processId}})',
      console: 'a console program (process {{processId}})',
    },
    runningSince: 'Running since',
    dataFolder: 'Data folder',
  },
};
