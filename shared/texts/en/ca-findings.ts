/** What can be found about the mail of a certification authority: what it is, why it matters, what to do. */
export const caFindings = {
  notWindows: {
    what: 'This computer does not run Windows.',
    why: 'A certification authority of Active Directory runs on Windows Server.',
    action: 'Copy the commands and run them in an elevated prompt on the server of the CA.',
  },
  noCa: {
    what: 'There is no certification authority on this computer (no service CertSvc).',
    why: 'The relay is of most use on the server of the CA itself: its mail then never waits for the network.',
    action: 'Copy the commands and run them in an elevated prompt on the server of the CA.',
  },
  unreadable: {
    what: 'The settings of the certification authority may not be read.',
    why: 'Without them nobody can say which server the CA sends to.',
    action: 'Open this console as administrator.',
  },
  serverCore: {
    what: 'This is a Server Core installation.',
    why: 'The exit module is reported not to send mail there at all, whatever its settings.',
    action: 'Watch the event log of the CA centrally instead, or move the CA to a server with desktop.',
  },
  clustered: {
    what: 'The certification authority belongs to a failover cluster.',
    why: 'Only a restart through the cluster keeps the change of its settings; each node needs a relay of its own.',
    action:
      'Install the relay as a service on both nodes, set 127.0.0.1 on the active one, and restart the CA in the Failover Cluster Manager.',
  },
  clusterUnknown: {
    what: 'This computer is a node of a cluster, and which services belong to it could not be read.',
    why: 'A clustered CA must not be restarted past the cluster.',
    action: 'Open this console as administrator; until then the restart is refused.',
  },
  moduleNotActive: {
    what: 'The “Windows default” exit module is not active.',
    why: 'It is the part of the CA that sends mail. Some administrators remove it to relieve a busy CA.',
    action: 'Add it in the properties of the CA, on the Exit Module tab, and restart the CA.',
  },
  moduleNotFirst: {
    what: 'Another exit module comes first: {{first}}.',
    why: 'The short name “exit” of certutil means the first module; the commands here name the right one in full.',
    action: 'Nothing to do.',
  },
  caNotRunning: {
    what: 'The certification authority does not run (state of CertSvc: {{state}}).',
    why: 'It issues nothing and sends nothing.',
    action: 'Find out why before you change its mail: the Application log has the reason.',
  },
  noServer: {
    what: 'No mail server is set.',
    why: 'Every mail fails with 0x8004020A.',
    action: 'Point the CA at the relay.',
  },
  serverIsRelay: {
    what: 'The mail server is {{server}}, this computer itself.',
    why: 'The CA never waits for the network.',
    action: 'Nothing to do.',
  },
  serverElsewhere: {
    what: 'The mail server is {{server}}, another computer, or an address that this one no longer has.',
    why: 'While it can’t be reached, the CA waits up to half a minute for each event, and may not start at all.',
    action: 'Point the CA at 127.0.0.1.',
  },
  serverIsGateway: {
    what: 'The mail server is still the gateway {{server}}, past the relay.',
    why: 'While it can’t be reached, the CA waits up to half a minute for each event, and may not start at all.',
    action: 'Point the CA at 127.0.0.1; the relay sends on to the gateway.',
  },
  serverNicAddress: {
    what: 'The mail server is {{server}}, the address of a network card of this computer.',
    why: 'When the address changes, or the cable is pulled, the CA loses its mail server.',
    action: 'Point the CA at 127.0.0.1.',
  },
  serverNicGone: {
    what: 'The mail server is {{server}}, an address that this computer no longer has.',
    why: 'Every mail of the CA fails, and each one takes time.',
    action: 'Point the CA at 127.0.0.1.',
  },
  serverLocalName: {
    what: 'The mail server is {{server}}, a name of this computer.',
    why: 'The name may lead to ::1 or to a network card first, where nobody listens: about two seconds for each mail.',
    action: 'Point the CA at 127.0.0.1, the address as a number.',
  },
  authentication: {
    what: 'The CA logs on to its mail server (SMTPAuthenticate {{mode}}).',
    why: 'The relay asks for no password and offers no logon, so every mail would fail; and the exit module sends the password in clear text.',
    action: 'Set SMTPAuthenticate to 0.',
  },
  noEvents: {
    what: 'No event is chosen.',
    why: 'The CA never sends mail.',
    action: 'Choose events under “Events and texts”.',
  },
  unknownEvents: {
    what: 'The event mask has bits that are not known here: {{bits}}.',
    why: 'A newer Windows may know more events.',
    action: 'Nothing to do: they are kept.',
  },
  mailWithoutFrom: {
    what: 'The mail “{{key}}” has no sender.',
    why: 'It fails with 0x8004020D.',
    action: 'Give it a sender under “Events and texts”.',
  },
  mailWithoutTo: {
    what: 'The mail “{{key}}” has no recipient.',
    why: 'It fails with 0x8004020C: only mail about a certificate has the requester to go to.',
    action: 'Give it a recipient under “Events and texts”.',
  },
  relayNotRunning: {
    what: 'No relay answers on this computer, or this account may not speak to it.',
    why: 'A CA that sends to 127.0.0.1 without a relay there loses its mail and about two seconds for each event.',
    action: 'Start the relay, best as a service.',
  },
  relayNotListening: {
    what: 'The relay does not listen on {{address}}.',
    why: 'The exit module knows no other port than 25.',
    action: 'Add the address on the General tab of a virtual server, or find out who else has the port.',
  },
  relayNotService: {
    what: 'The relay runs inside a console, not as a service.',
    why: 'It starts only when somebody logs on, and the CA sends its first mail before that.',
    action: 'Install the relay as a service.',
  },
  recentFailures: {
    what: 'In the last 24 hours the CA could not send {{count}} mails; the last time on {{at}}, {{errorCode}}.',
    why: 'The exit module does not try again: those mails are lost.',
    action: 'Compare the times with the log of the relay. After the CA was pointed at the relay there should be none.',
  },
  restartPending: {
    what: 'The CA has not been restarted since its settings were changed.',
    why: 'It still uses the old ones.',
    action: 'Restart the CA at a time that suits.',
  },
};
