/** File > Install service… / Remove service…, and the page of a console without rights. */
export const service = {
  install: {
    menu: 'Install service…',
    title: 'Install the service',
    intro: 'As a service the relay runs before anybody logs on, and goes on when everybody logs off.',
    steps: {
      stop: 'The relay of this window stops taking mail for some seconds. Mail in the queue stays.',
      make: 'The service is made, or corrected if there is one. It starts with the computer, and again after a failure.',
      rights: 'Only administrators, the system and the account of the service may use the data folder from then on.',
      attach: 'The service takes over. This window then shows its relay, and can be closed.',
    },
    failure: 'If a step fails, this window runs the relay again as before.',
    confirm: 'Install',
    working: 'The service is being installed…',
    done: 'The service is installed and runs. This window shows its relay.',
  },
  remove: {
    menu: 'Remove service…',
    title: 'Remove the service',
    intro: 'The relay then runs only while this application is open: mail of this computer is refused while it is not.',
    steps: {
      stop: 'The service stops taking mail. Mail in the queue stays, and so do all settings.',
      remove: 'The service is taken out of the system.',
      host: 'This window runs the relay itself, and goes on in the notification area when it is closed.',
    },
    confirm: 'Remove',
    working: 'The service is being removed…',
    done: 'The service is removed. This application runs the relay.',
  },
  facts: {
    state: 'Service now',
    account: 'Account',
    dataFolder: 'Data folder',
    start: 'Start',
    startValue: 'with the computer',
  },
  state: {
    running: 'runs',
    stopped: 'stopped',
    starting: 'is starting',
    stopping: 'is stopping',
    paused: 'paused',
    absent: 'there is none',
  },
  command: 'Or in a prompt with administrator rights:',
  elevation: {
    needed: 'Administrator rights are needed for this.',
    restart: 'Restart as administrator',
    declined: 'Windows did not give administrator rights. Nothing was changed.',
  },
  notPossible: {
    checkout: 'Only the installed application can be a service; this one runs from a checkout.',
    portable:
      'This is the portable application. A service must not depend on a folder that may be moved: install the application with its installer first.',
    system: 'The relay can be a service on Windows and Linux only.',
  },
  failed: 'That was not possible. Nothing is lost; the relay is where it was.',
  problem: {
    notElevated: 'Administrator rights are needed.',
    otherRelay:
      'Another program (process {{processId}}) runs the relay on this data folder. Quit it there first, then try again.',
    command: 'Windows refused a step ({{step}}: error {{errorCode}}).',
    commandLinux: 'The system refused a step ({{step}}: error {{errorCode}}).',
    state: 'The service is {{state}} (exit code {{exitCode}}). The event log, under Application, has the reason.',
    slow: 'The service did not change its state within {{seconds}} seconds. Look at it in the Services window.',
    error5: 'Administrator rights are needed. ({{step}}: error {{errorCode}})',
    error1053:
      'The service did not answer in time. The event log, under Application, has the reason. ({{step}}: error {{errorCode}})',
    error1058: 'The service is disabled. Enable it in the Services window. ({{step}}: error {{errorCode}})',
    error1069:
      'The account of the service may not log on as a service. A group policy sets that right. ({{step}}: error {{errorCode}})',
    error1072:
      'The service is being removed while a program still looks at it. Close the Services window and try again. ({{step}}: error {{errorCode}})',
  },
  noRights: {
    title: 'Administrator rights are needed',
    text: 'The relay of this computer runs as a service, or its data folder belongs to administrators. Only they may see and change it.',
    mail: 'While its service runs, mail is taken in and delivered all the same.',
    again: 'This window tries again by itself.',
    elsewhere: 'Start the console as administrator, or log on as one.',
  },
  browse: {
    button: 'Browse…',
    label: 'Browse… ({{field}})',
  },
};
