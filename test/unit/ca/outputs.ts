/** Outputs of certutil and reg.exe, composed from the rules that public outputs follow. */
export const configuration = 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\CertSvc\\Configuration';

export const certutilOutputs = {
  notConfigured: `HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\CertSvc\\Configuration\\Example Corp Issuing CA 1\\ExitModules\\CertificateAuthority_MicrosoftDefault.Exit\\SMTP:

Keys:
  CRLIssued
  Shutdown
  Startup
  Templates

Values:
  SMTPServer               REG_SZ = 
  SMTPAuthenticate         REG_DWORD = 0
  EventFilter              REG_DWORD = 0
CertUtil: -getreg command completed successfully.
`,
  remoteGateway: `HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\CertSvc\\Configuration\\Example Corp Issuing CA 1\\ExitModules\\CertificateAuthority_MicrosoftDefault.Exit\\SMTP:

Keys:
  CRLIssued
  Shutdown
  Startup
  Templates

Values:
  SMTPServer               REG_SZ = mailgw.corp.example.com
  SMTPAuthenticate         REG_DWORD = 1
  EventFilter              REG_DWORD = ef (239)
    EXITEVENT_CERTISSUED -- 1
    EXITEVENT_CERTPENDING -- 2
    EXITEVENT_CERTDENIED -- 4
    EXITEVENT_CERTREVOKED -- 8
    EXITEVENT_CRLISSUED -- 20 (32)
    EXITEVENT_SHUTDOWN -- 40 (64)
    EXITEVENT_STARTUP -- 80 (128)

CertUtil: -getreg command completed successfully.
`,
  german: `HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\CertSvc\\Configuration\\Musterger!00e4te Ausstellende CA 2\\ExitModules\\CertificateAuthority_MicrosoftDefault.Exit\\SMTP:

Schlüssel:
  CRLIssued
  Denied
  Issued
  Pending
  Revoked
  Shutdown
  Startup

Werte:
  SMTPServer               REG_SZ = 10.20.30.40
  SMTPAuthenticate         REG_DWORD = 0
  EventFilter              REG_DWORD = e9 (233)
    EXITEVENT_CERTISSUED -- 1
    EXITEVENT_CERTREVOKED -- 8
    EXITEVENT_CRLISSUED -- 20 (32)
    EXITEVENT_SHUTDOWN -- 40 (64)
    EXITEVENT_STARTUP -- 80 (128)

CertUtil: -getreg-Befehl wurde erfolgreich ausgeführt.
`,
  oneEvent: `HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\CertSvc\\Configuration\\Example Corp Issuing CA 1\\ExitModules\\CertificateAuthority_MicrosoftDefault.Exit\\SMTP\\CRLIssued:

Values:
  From                     REG_SZ = pki-ca01@corp.example.com
  To                       REG_SZ = pki-operations@corp.example.com
  TitleFormat              REG_SZ = A new CRL was issued by %1
  TitleArg                 REG_MULTI_SZ =
    0: SanitizedCAName

  BodyFormat               REG_MULTI_SZ =
    0: A new CRL has been issued

CertUtil: -getreg command completed successfully.
`,
  singleValues: `HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\CertSvc\\Configuration\\Example Corp Issuing CA 1\\ExitModules\\CertificateAuthority_MicrosoftDefault.Exit\\SMTP\\EventFilter:

  EventFilter REG_DWORD = 21 (33)
    EXITEVENT_CERTISSUED -- 1
    EXITEVENT_CRLISSUED -- 20 (32)
CertUtil: -getreg command completed successfully.

HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\CertSvc\\Configuration\\Example Corp Issuing CA 1\\ExitModules\\CertificateAuthority_MicrosoftDefault.Exit\\SMTP\\SMTPServer:

  SMTPServer REG_SZ = 127.0.0.1
CertUtil: -getreg command completed successfully.
`,
  setreg: `HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\CertSvc\\Configuration\\Example Corp Issuing CA 1\\ExitModules\\CertificateAuthority_MicrosoftDefault.Exit\\SMTP\\SMTPServer:

Old Value:
  SMTPServer REG_SZ = mailgw.corp.example.com

New Value:
  SMTPServer REG_SZ = 127.0.0.1
CertUtil: -setreg command completed successfully.
The CertSvc service may need to be restarted for changes to take effect.
`,
  setregGerman: `HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\CertSvc\\Configuration\\Musterger!00e4te Ausstellende CA 2\\ExitModules\\CertificateAuthority_MicrosoftDefault.Exit\\SMTP\\SMTPServer:

Alter Wert:
  SMTPServer REG_SZ = 10.20.30.40

Neuer Wert:
  SMTPServer REG_SZ = 127.0.0.1
CertUtil: -setreg-Befehl wurde erfolgreich ausgeführt.
Der Dienst "CertSvc" muss möglicherweise neu gestartet werden, damit die Änderungen wirksam werden.
`,
  notFound: `CertUtil: -getreg command FAILED: 0x80070002 (WIN32: 2 ERROR_FILE_NOT_FOUND)
CertUtil: The system cannot find the file specified.
`,
  deniedGerman: `CertUtil: -setreg-Befehl ist fehlgeschlagen: 0x80070005 (WIN32: 5 ERROR_ACCESS_DENIED)
CertUtil: Zugriff verweigert
`,
} as const;

/** With some values more. */
export const regQueryOutput = `
HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\CertSvc\\Configuration\\Example Corp Issuing CA 1\\ExitModules\\CertificateAuthority_MicrosoftDefault.Exit\\SMTP
    SMTPServer    REG_SZ    127.0.0.1
    SMTPAuthenticate    REG_DWORD    0x0
    EventFilter    REG_DWORD    0x21

HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\CertSvc\\Configuration\\Example Corp Issuing CA 1\\ExitModules\\CertificateAuthority_MicrosoftDefault.Exit\\SMTP\\CRLIssued
    (Standard)    REG_SZ    
    TitleFormat    REG_SZ    Four    blanks    inside
    BodyFormat    REG_MULTI_SZ    First\\0 \\0Third\\0\\0
    Cc    REG_SZ
    Odd    REG_BINARY    0A0B

HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\CertSvc\\Configuration\\Example Corp Issuing CA 1\\ExitModules\\CertificateAuthority_MicrosoftDefault.Exit\\SMTP\\Templates
`.replaceAll('\n', '\r\n');
