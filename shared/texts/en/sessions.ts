/** The list of current sessions. */
export const sessions = {
  column: {
    user: 'User',
    from: 'From',
    connectedTime: 'Connected Time',
    direction: 'Direction',
    phase: 'Phase',
    messages: 'Messages',
    encrypted: 'Encrypted',
  },
  /** Words of the relay; one that is not here is shown as it is. */
  phases: {
    connecting: 'connecting',
    connected: 'connected',
    greeted: 'greeted',
    auth: 'auth',
    mail: 'mail',
    data: 'data',
    sending: 'sending',
    idle: 'idle',
  },
  direction: { inbound: 'Inbound', outbound: 'Outbound' },
  encrypted: { yes: 'Yes (TLS)', no: 'No' },
  count_one: '{{count}} session',
  count_other: '{{count}} sessions',
  empty: 'Nobody is connected.',
  emptyAdvice:
    'Sessions show here while a program hands in mail, and while mail is being delivered. The list refreshes itself.',
  emptyStopped: 'The server is stopped, so nobody can connect. Choose Action > Start.',
  paused: 'refresh paused',
  action: { live: 'Live', terminate: 'Terminate', terminateAll: 'Terminate All' },
  reason: { nothingSelected: 'Select one or more sessions first.' },
  terminate: {
    title: 'Terminate sessions',
    one: 'Terminate the session of {{user}} ({{peer}})?',
    some: 'Terminate {{count}} sessions?',
    all: 'Terminate all sessions of this virtual server?',
    consequence:
      'The connection is cut at once. A message that is being taken in or sent over it is not lost: whoever was sending tries again.',
    confirm: 'Terminate',
  },
};
