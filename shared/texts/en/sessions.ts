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
  direction: { inbound: 'Inbound', outbound: 'Outbound' },
  encrypted: { yes: 'Yes (TLS)', no: 'No' },
  count_one: '{{count}} session',
  count_other: '{{count}} sessions',
  empty: 'Nobody is connected.',
  emptyAdvice:
    'Sessions show here while a program hands in mail, and while mail is being delivered. The list refreshes itself.',
  emptyStopped: 'The server is stopped, so nobody can connect. Choose Action > Start.',
};
