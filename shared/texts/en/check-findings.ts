/** What the checks of a server find: what, why it matters to a certification authority, what to do. */
import type { CheckFindingId } from '../../contract/computer/check-calls.ts';

export type FindingText = {
  readonly what: string;
  readonly why: string;
  readonly action: string;
};

const waiting =
  'While nobody takes its mail, every event costs the certification authority seconds and the mail is lost.';
const early =
  'The certification authority starts with the computer and mails at once; the relay must be there before anybody logs on.';
const nothing = 'Nothing to do.';

export const checkFindings: Readonly<Record<CheckFindingId, FindingText>> = {
  checkFailed: {
    what: 'This could not be looked at: {{reason}}',
    why: 'What was not looked at may be in order or not.',
    action: 'Run the checks in a prompt or console with administrator rights.',
  },
  serviceRuns: { what: 'The service runs.', why: early, action: nothing },
  serviceStopped: {
    what: 'The service is installed but does not run (state {{state}}, exit code {{exitCode}}).',
    why: waiting,
    action: 'Start it: smtp-relay service start. If it stops again, look into the event log and the operator log.',
  },
  serviceAbsent: {
    what: 'The relay is not installed as a service of this computer.',
    why: early,
    action: 'Install it: smtp-relay service install, with administrator rights.',
  },
  relayInDesktop: {
    what: 'The relay runs inside the console of a logged-on person (process {{processId}}).',
    why: `${early} It ends when that person logs off.`,
    action: 'Quit the console and install the service: smtp-relay service install.',
  },
  serviceUnread: {
    what: 'The state of the service could not be read.',
    why: early,
    action: 'Look at it with smtp-relay service status.',
  },
  relayRuns: {
    what: 'The relay answers (version {{version}}, process {{processId}}).',
    why: 'It takes the mail of the certification authority at once and keeps it until the gateway has it.',
    action: nothing,
  },
  relayAbsent: {
    what: 'No relay runs on {{folder}}.',
    why: waiting,
    action: 'Start the service: smtp-relay service start. Without a service: smtp-relay serve.',
  },
  serverNotStarted: {
    what: 'Virtual server {{server}} ({{name}}) is stopped or paused.',
    why: waiting,
    action: 'Start it: smtp-relay --server {{server}} server start.',
  },
  ownNameShort: {
    what: 'The relay introduces itself to gateways as {{name}}, a name without a domain.',
    why: 'Many gateways refuse mail from a server that does not give its full name.',
    action: 'Set the fully-qualified domain name (Properties > Delivery > Advanced).',
  },
  relayWarnings: {
    what: 'The relay has warnings: {{count}}.',
    why: 'They are about its own queue, destinations, disk or certificate.',
    action: 'Read them on the overview, or with smtp-relay status.',
  },
  listenersBound: {
    what: 'The relay really listens on {{endpoints}}.',
    why: 'The certification authority can only reach what is open.',
    action: nothing,
  },
  listenerNotBound: {
    what: '{{endpoint}} is not open: {{reason}}',
    why: waiting,
    action: 'Free the port or correct the address (Properties > General), then start the server again.',
  },
  portTaken: {
    what: 'Another program listens on {{endpoint}}: {{owner}}.',
    why: 'The mail of the certification authority goes to that program, or the relay can not have the port.',
    action: 'Stop that program or let it use another port.',
  },
  portShared: {
    what: 'Another program listens on the same port at {{endpoint}}: {{owner}}.',
    why: 'Which of the two gets a message depends on the address that is dialled; on Windows the wrong one may win.',
    action: 'Stop that program, or make sure that the certification authority uses the address of the relay.',
  },
  portOpenElsewhere: {
    what: 'Other computers can reach the relay on {{endpoints}}.',
    why: 'The certification authority needs the loopback address only; every other open address is one more way in.',
    action: 'If nobody else sends through this relay, listen on 127.0.0.1 only (Properties > General).',
  },
  portNobody: {
    what: 'Nobody listens on port {{port}}.',
    why: waiting,
    action: 'Start the relay.',
  },
  socketsUnread: {
    what: 'Who listens on the ports of this computer could not be found out.',
    why: 'Another program on the same port can take the mail of the certification authority.',
    action: 'Look at it with netstat -ano (Windows) or ss -ltnp (Linux).',
  },
  iisSmtpRuns: {
    what: 'The SMTP service of IIS runs.',
    why: 'It competes for port 25 and takes mail that nobody watches; Windows Server 2025 has it no more.',
    action:
      'Let its queue drain, then: sc.exe stop SMTPSVC and sc.exe config SMTPSVC start= disabled. Its settings can be imported first.',
  },
  iisSmtpInstalled: {
    what: 'The SMTP service of IIS is installed, but does not run.',
    why: 'When it starts it competes for port 25.',
    action: 'Disable it: sc.exe config SMTPSVC start= disabled. Or remove the feature SMTP Server.',
  },
  iisSmtpAbsent: {
    what: 'The SMTP service of IIS is not installed.',
    why: 'Nothing of Windows competes for port 25.',
    action: nothing,
  },
  iisQueueWaits: {
    what: '{{count}} files wait in the queue of IIS: {{folder}}.',
    why: 'That mail of the certification authority has not been delivered, and stays there once the service is off.',
    action: 'Let it drain before the service is stopped, or import it: smtp-relay import-iis.',
  },
  webServerOpen: {
    what: 'A program listens on port 80: {{owner}} ({{endpoint}}).',
    why: 'A web server on a certification authority is one more way in. Some roles of AD CS need it; the relay does not.',
    action: 'If it only came along with the SMTP service of IIS, remove it together with that.',
  },
  portBlocked: {
    what: 'The firewall blocks connections from other computers to port {{port}} (rule {{rule}}).',
    why: 'It does not concern the certification authority itself: connections within the computer pass.',
    action: 'Nothing, unless other computers are meant to send through this relay: then delete the rule.',
  },
  portNotBlocked: {
    what: 'No rule of the firewall names port {{port}}; its usual action, to block, keeps it closed.',
    why: 'A rule of its own stays true when somebody changes the usual action.',
    action: 'As a second line of defence, add a rule that blocks it (File > CA mail set-up, Close the port).',
  },
  portAllowed: {
    what: 'A rule of the firewall lets other computers reach port {{port}}: {{rule}}.',
    why: 'The certification authority needs no such rule; it opens the port to the network as soon as something listens there.',
    action: 'Disable or delete the rule, unless other computers are meant to send through this relay.',
  },
  allowOverruled: {
    what: 'One rule of the firewall allows port {{port}} ({{rule}}), another one blocks it ({{block}}). The block wins.',
    why: 'Who finds only one of the rules draws the wrong conclusion.',
    action: 'Delete the rule that is not meant.',
  },
  firewallOff: {
    what: 'The Windows firewall is off for: {{profiles}}.',
    why: 'Then only the address the relay listens on keeps others out.',
    action: 'Switch it on, or make sure that another firewall does its work.',
  },
  firewallUnread: {
    what: 'The rules of the firewall could not be read.',
    why: 'A rule may open port 25 to the network.',
    action: 'Run the checks with administrator rights.',
  },
  firewallElsewhere: {
    what: 'The firewall of this system is not looked at.',
    why: 'Only the rules of the Windows firewall are known here.',
    action: 'Look at it with nft list ruleset or the tool of the distribution.',
  },
  gatewayAnswers: {
    what: '{{nextHop}} answers and would take mail ({{host}}, {{ms}} ms in all).',
    why: 'Mail leaves the queue at once.',
    action: nothing,
  },
  gatewayHostFails: {
    what: '{{host}}, one of the hosts of {{nextHop}}, fails at stage {{stage}}: {{reason}}',
    why: 'Mail takes another host, but there is one less to fall back on.',
    action: 'Ask whoever runs that host, or take it out of the list.',
  },
  gatewayFails: {
    what: '{{nextHop}} does not take mail. {{host}} fails at stage {{stage}}: {{reason}}',
    why: 'Mail of the certification authority waits in the queue. Nothing is lost and nothing is slowed, but nobody is told.',
    action:
      'See the stages below: they show how far it comes. Check name, port, TLS and login (Properties > Delivery).',
  },
  gatewayRefusesRecipient: {
    what: '{{host}} refuses the recipient {{recipient}}: {{reason}}',
    why: 'Mail to that address would come back.',
    action: 'Check the address, and whether the gateway lets this computer send there.',
  },
  gatewayClearText: {
    what: 'The connection to {{host}} is not encrypted.',
    why: 'Names of people and servers in the mail of the certification authority can be read on the way.',
    action: 'If the gateway offers STARTTLS, set TLS to opportunistic or better (Outbound Security).',
  },
  gatewayCertificate: {
    what: 'The connection to {{host}} is encrypted, but {{reason}}.',
    why: 'Whoever is between could pretend to be the gateway.',
    action: 'Install the authority that issued it on this computer or name its file, then require verified TLS.',
  },
  gatewayFrozen: {
    what: 'Mail for {{nextHop}} is held by somebody.',
    why: 'It waits until that is undone, although the gateway could take it.',
    action: 'Release it: Queue > group by destination, or the remote domain.',
  },
  gatewayNone: {
    what: 'No smart host is set: each domain is asked in DNS.',
    why: 'A certification authority seldom reaches mail servers outside by itself.',
    action:
      'If there is a mail gateway, name it as smart host (Properties > Delivery > Advanced). To check a domain, name a recipient.',
  },
  gatewayUnchecked: {
    what: 'The gateway was not checked: no relay runs.',
    why: 'Only the relay has the settings, authorities and passwords for it.',
    action: 'Start the relay and check again.',
  },
  domainResolved: {
    what: 'Mail for {{domain}} goes to {{nextHop}} ({{hosts}}).',
    why: 'Without an answer of DNS mail waits.',
    action: nothing,
  },
  domainProblem: {
    what: 'Mail for {{domain}} does not find its way to {{nextHop}}: {{reason}}',
    why: 'It waits in the queue, or comes back when DNS says that there is no such domain.',
    action: 'Check the name, the DNS servers of this computer, and the MX record; or set a smart host.',
  },
  domainLocal: {
    what: 'Mail for {{domain}} stays on this computer, in the Drop folder.',
    why: 'Nobody is told by it unless some program reads that folder.',
    action: nothing,
  },
  domainsNone: {
    what: 'No recipient was named, and the settings name no domain to look up.',
    why: 'Whether DNS leads anywhere depends on the recipient.',
    action: 'Name the address that the certification authority writes to.',
  },
  domainsUnchecked: {
    what: 'DNS was not checked: no relay runs.',
    why: 'The settings of the relay decide which names matter.',
    action: 'Start the relay and check again.',
  },
  diskRoom: {
    what: 'There are {{freeMb}} MB free for {{folder}}.',
    why: 'An outage of the gateway fills the disk with mail that waits.',
    action: nothing,
  },
  diskTight: {
    what: 'Only {{freeMb}} MB are free for {{folder}}; below {{floorMb}} MB new mail is refused.',
    why: 'A long outage of the gateway may not fit.',
    action: 'Make room, or move the home directory to another disk.',
  },
  diskFull: {
    what: 'Only {{freeMb}} MB are free for {{folder}}, less than {{floorMb}} MB: new mail is refused.',
    why: 'Every event of the certification authority that should be mailed is lost until there is room.',
    action: 'Make room now.',
  },
  diskUnread: {
    what: 'How much is free for {{folder}} could not be found out.',
    why: 'Without room new mail is refused.',
    action: 'Make sure that the folder exists and can be read.',
  },
  folderClosed: {
    what: '{{folder}} is closed to everybody but the system, administrators and the relay.',
    why: 'Mail of a certification authority and the password of the gateway are in it.',
    action: nothing,
  },
  folderInherits: {
    what: '{{folder}} inherits rights of the folder above it.',
    why: 'Who changes the folder above opens this one as well.',
    action:
      'Install the service again (smtp-relay service install): it sets the rights. Or: icacls.exe with /inheritance:r.',
  },
  folderOthers: {
    what: 'Others may read {{folder}}: {{accounts}}.',
    why: 'Mail of a certification authority and the password of the gateway are in it.',
    action: 'Take those rights away unless they are meant.',
  },
  folderOpen: {
    what: '{{folder}} is open to everybody: {{accounts}}.',
    why: 'Every person who can log on could read the mail of the certification authority, or put some into the queue.',
    action: 'Install the service again (smtp-relay service install): it sets the rights. On Linux: chmod 700.',
  },
  folderUnread: {
    what: 'The rights of {{folder}} could not be read.',
    why: 'Mail of a certification authority and the password of the gateway are in it.',
    action: 'Make sure that the folder exists; run the checks with administrator rights.',
  },
  clockSynchronised: {
    what: 'The clock is kept right by a time server.',
    why: 'Certificates, retries and logs depend on the time.',
    action: nothing,
  },
  clockNotSynchronised: {
    what: 'The clock follows no time server.',
    why: 'A wrong clock makes valid certificates invalid and retries come too late. On an offline certification authority this may be meant.',
    action: 'Set up the time service, or set the clock by hand now and then.',
  },
  clockUnserved: {
    what: 'The time service of Windows does not run.',
    why: 'A wrong clock makes valid certificates invalid and retries come too late. On an offline certification authority this may be meant.',
    action: 'Start it: net.exe start w32time. Or set the clock by hand now and then.',
  },
  clockBehind: {
    what: 'The clock is at least {{hours}} hours behind: {{file}} was written later than now.',
    why: 'Mail that was to be tried again waits until the old time is reached; certificates seem not to be valid yet.',
    action: 'Set the clock, then restart the relay.',
  },
  clockUnread: {
    what: 'Whether the clock is kept right could not be found out.',
    why: 'Certificates, retries and logs depend on the time.',
    action: 'Compare the clock with another one.',
  },
};
