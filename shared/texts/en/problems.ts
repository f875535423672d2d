/** Why something did not work, by the code of the problem. The relay's own sentence is shown below as detail. */
export const problems = {
  title: 'SMTP Relay Manager',
  badArgument: 'The relay did not accept this value.',
  unknownCall: 'The relay does not know this command. Console and relay are probably of different versions.',
  invalidSetting: 'This value is not allowed.',
  unknownSetting: 'The relay does not know this setting. Console and relay are probably of different versions.',
  conflict: 'The settings were changed by somebody else in the meantime.',
  notFound: 'This does not exist any more.',
  notPossible: 'This is not possible at the moment.',
  addressInUse: 'The address is in use by another program.',
  addressNotAvailable: 'This computer does not have the address.',
  portNotAllowed: 'The relay is not allowed to use this port.',
  storage: 'A file or folder could not be read or written.',
  disconnected: 'There is no connection to the relay.',
  internal: 'The relay could not do this because of an internal error. Its log has the details.',
};
