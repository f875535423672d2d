/** The help topics: short and true. A list of paragraphs each. */
export const help = {
  title: 'Help Topics',
  topics: 'Topics',
  topic: {
    root: {
      title: 'SMTP Relay Manager',
      text: 'This console manages the SMTP relay of this computer. The relay takes mail in from programs such as a Certification Authority, keeps it on disk and delivers it when the mail gateway can be reached.\n\nThe tree on the left shows the computer, its virtual servers and what belongs to each of them. The list on the right shows the contents of what is selected in the tree.',
    },
    computer: {
      title: 'Computer',
      text: 'The list shows the virtual servers of this computer with state, address and port. Warnings below it say what is wrong and what to do.\n\nTo start, stop or pause a server, select it and use the toolbar or the Action menu. Choose Properties to change its settings.',
    },
    server: {
      title: 'SMTP virtual server',
      text: 'A virtual server is started, paused or stopped.\n\nStarted: mail is taken in and delivered.\nPaused: new connections are refused, mail in the queue is delivered. Choose Pause again to go on.\nStopped: neither. Mail in the queue stays there.\n\nThe state survives a restart of the computer.',
    },
    sessions: {
      title: 'Current Sessions',
      text: 'Everybody who is connected at this moment: programs that hand in mail (inbound) and mail servers that mail is being delivered to (outbound). The list refreshes itself.\n\nTerminate cuts the connections of the selected sessions, Terminate All everybody’s. No mail is lost by it: whoever was sending tries again.',
    },
    queue: {
      title: 'Queue',
      text: 'Every message that was accepted and not yet delivered, with the reason why it waits and the time of the next attempt.\n\nReady: waits for its turn.\nSending: is being delivered now.\nRetry: an attempt failed, the next one has a time.\nHeld: an administrator holds it; nothing happens until it is released.\nFailed: will not be tried again.\n\nSelect messages to retry, hold, release or delete them. Ctrl+Z takes the latest deletion back; that is possible for ten minutes. Ctrl+A selects everything that matches the search and filter, also what is not loaded yet. Double-click a message to see its recipients, attempts and text.',
    },
    badmail: {
      title: 'Badmail',
      text: 'Messages that could be neither delivered nor returned to their sender, and files of the Pickup directory that could not be understood. Each one has a note with the reason.\n\nResubmit puts a message back into the queue as new mail to the recipients named in it. Delete removes it for good: unlike mail deleted from the queue it cannot be taken back.\n\nThe folder is never emptied by itself.',
    },
    log: {
      title: 'Log',
      text: 'Each SMTP command and its reply as it happens, of programs that hand mail in (inbound) and of mail servers that mail is delivered to (outbound). Passwords and message texts are never logged.\n\nThe view follows the latest line; scroll up and it stays where you are, Jump to latest goes on. Pause stops it altogether. The filter shows lines that contain every word.\n\nThe lines are kept in memory whether or not a log file is written. Files are switched on in Properties > General.',
    },
    properties: {
      title: 'Properties of a virtual server',
      text: 'General: the addresses and ports to listen on, limits for incoming connections.\nAccess: who may send through this server to other domains. Out of the box this is only this computer.\nMessages: limits for size and recipients.\nDelivery: when a failed delivery is tried again, when it is given up, smart hosts and outgoing connections.\n\nApply saves the changes. They hold for new connections and attempts; sessions under way are not interrupted. Settings given on the command line hold for that run and are marked.',
    },
    keyboard: {
      title: 'Keyboard',
      text: 'F5 or Ctrl+R: refresh\nF6: next pane\nAlt or F10: menu bar\nShift+F10: context menu\nEnter or Alt+Enter: open, properties\nDel: delete\nCtrl+Z: take a deletion back (queue)\nAlt+Left, Alt+Right: back, forward\nBackspace: up one level\nCtrl+A, Shift and Ctrl with arrow keys or clicks, Space: selection\nCtrl+C: copy the selected rows\nCtrl+S: export the list\nF1: help for this page',
    },
  },
};
