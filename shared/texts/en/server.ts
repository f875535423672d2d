/** Computers and virtual servers: their lists, states and warnings. */
import type { WarningCode } from '../../contract/alerts.ts';

interface WarningText {
  readonly text: string;
  /** What to do about it, or what becomes of the mail. */
  readonly advice: string;
}

export const server = {
  column: {
    computer: 'Computer',
    local: 'Local',
    version: 'Version',
    status: 'Status',
    name: 'Name',
    state: 'State',
    address: 'IP address',
    port: 'Port',
    contents: 'Contents',
  },
  local: 'Yes',
  relayRunning: 'Running',
  relayRunningWarnings_one: 'Running, {{count}} warning',
  relayRunningWarnings_other: 'Running, {{count}} warnings',
  state: { started: 'Started', stopped: 'Stopped', paused: 'Paused' },
  stateWithProblem: '{{state}}, not every address is open',
  computerCount_one: '{{count}} computer',
  computerCount_other: '{{count}} computers',
  serverCount_one: '{{count}} virtual server',
  serverCount_other: '{{count}} virtual servers',
  itemCount_one: '{{count}} item',
  itemCount_other: '{{count}} items',
  selectedCount: '{{count}} selected',
  sessionContents: '{{inbound}} inbound, {{outbound}} outbound',
  queueContents_one: '{{count}} message',
  queueContents_other: '{{count}} messages',
  logContents: 'SMTP commands and replies as they happen',
  stopQuestion: {
    title: 'Stop virtual server',
    text: 'Stop “{{name}}”?',
    consequence:
      'No mail is taken in and none is delivered until it is started again. Programs that send to this server, a Certification Authority among them, get a connection error. Mail in the queue stays there.',
    pauseInstead: 'To refuse new connections only and go on delivering, choose Pause instead.',
    confirm: 'Stop',
  },
  warnings: 'Warnings',
  noWarnings: 'There are no warnings.',
  warning: {
    listenerNotBound: {
      text: 'The address {{endpoint}} could not be opened.',
      advice:
        'Stop the other program that uses the address and start the server again, or choose another address or port in Properties > General.',
    },
    destinationUnreachable: {
      text: '{{nextHop}} cannot be reached: {{lastError}}',
      advice:
        'Mail for it waits and is sent as soon as the destination answers; nothing is lost. Check the gateway, the firewall and the smart host in Properties > Delivery.',
    },
    diskLow: {
      text: 'The disk of {{folder}} is nearly full.',
      advice: 'New mail is refused for now, delivery goes on. Make room on the disk that holds the data folder.',
    },
    damagedFiles: {
      text: 'Files of the queue that could not be read: {{count}}',
      advice: 'They were moved to the folder “Damaged” beside the queue, with a sentence about each one.',
    },
    openRelay: {
      text: 'Everybody who can connect may send mail to anywhere.',
      advice: 'Restrict it in Properties > Access > Relay, unless a firewall lets only your own computers connect.',
    },
    badmail: {
      text: 'Messages that could be neither delivered nor returned: {{count}} ({{folder}})',
      advice: 'Look into the Badmail folder: beside each message is a text file with the reason.',
    },
    oldestMessage: {
      text: 'The oldest message in the queue has been waiting since {{since}}.',
      advice:
        'The queue shows why in the column Last error. The threshold is the setting for the oldest message in Properties > Alerts.',
    },
    queueDepth: {
      text: 'Messages in the queue: {{count}}',
      advice:
        'Mail arrives faster than it leaves, or a destination cannot be reached. The queue, grouped by destination, shows where it waits.',
    },
    certificateExpiring: {
      text: 'The certificate in {{file}} expires: {{expires}}',
      advice: 'Put a renewed certificate into the file; it is read within a minute, without a restart.',
    },
    certificateProblem: {
      text: 'The certificate for incoming connections cannot be used: {{reason}}',
      advice:
        'TLS goes on with the previous certificate if there was one; otherwise it is not offered. Check the file, the key and the passphrase in Properties > Access.',
    },
    protocolLogFailing: {
      text: 'The protocol log cannot be written: {{reason}}',
      advice:
        'Mail is not affected, but lines of the log are missing. Check the log file directory, its rights and the space on its disk.',
    },
    pickupFailing: {
      text: 'Files in {{folder}} cannot be taken: {{reason}}',
      advice:
        'They stay in the Pickup directory and are sent as soon as it works again. The relay needs the right to read and delete there.',
    },
    storageFailing: {
      text: 'Mail cannot be written to disk: {{reason}}',
      advice:
        'New mail is refused for now, so that none is lost; queued mail stays. Check the disk that holds the data folder, its rights and virus scanners.',
    },
  } satisfies Readonly<Record<WarningCode, WarningText>>,
};
