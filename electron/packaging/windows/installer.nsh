; What the installer does beside copying files: the service, the firewall, and the data.
;
;   /S               silent
;   /SERVICE=0|1     make the relay a service; 1 for a new installation, as it was for an upgrade
;   /FIREWALL=0|1    let other computers reach port 25; 0 without it
; Uninstaller:
;   /DELETEDATA=1    also delete mail and settings in %ProgramData%\SmtpRelay; kept without it
;
; Exit code 3: everything is installed, but the service could not be made or started.

!include "LogicLib.nsh"
!include "FileFunc.nsh"
!include "nsDialogs.nsh"

!define RELAY_SERVICE "SmtpRelay"
!define RELAY_PORT "25"

!ifndef BUILD_UNINSTALLER
  Var RelayService
  Var RelayFirewall
  Var RelayWasRunning
  Var RelayServiceBox
  Var RelayFirewallBox
!endif

; The files below would come from allowOnlyOneInstallerInstance.nsh if there were no macro customCheckAppRunning.
!macro customHeader
  !include "getProcessInfo.nsh"
  Var pid

  LangString relayTitle ${LANG_ENGLISH} "Service"
  LangString relayTitle ${LANG_GERMAN} "Dienst"
  LangString relaySubtitle ${LANG_ENGLISH} "How the relay runs on this computer."
  LangString relaySubtitle ${LANG_GERMAN} "Wie das Relay auf diesem Computer läuft."
  LangString relayServiceText ${LANG_ENGLISH} "Run the relay as a Windows service, before anybody logs on"
  LangString relayServiceText ${LANG_GERMAN} "Das Relay als Windows-Dienst ausführen, bevor sich jemand anmeldet"
  LangString relayFirewallText ${LANG_ENGLISH} "Let other computers reach port ${RELAY_PORT} through the Windows firewall"
  LangString relayFirewallText ${LANG_GERMAN} "Port ${RELAY_PORT} in der Windows-Firewall für andere Computer öffnen"
  LangString relayNote ${LANG_ENGLISH} "Neither is needed for the mail of this computer itself while somebody is logged on. Both can be changed later: smtp-relay service --help."
  LangString relayNote ${LANG_GERMAN} "Für Nachrichten dieses Computers selbst ist beides nicht nötig, solange jemand angemeldet ist. Beides lässt sich später ändern: smtp-relay service --help."
  LangString relayServiceFailed ${LANG_ENGLISH} "The application is installed, but the service could not be set up (code $0). In a prompt started as administrator, $\"smtp-relay service install$\" says why."
  LangString relayServiceFailed ${LANG_GERMAN} "Die Anwendung ist installiert, aber der Dienst konnte nicht eingerichtet werden (Code $0). In einer als Administrator gestarteten Eingabeaufforderung sagt $\"smtp-relay service install$\", warum."
  LangString relayDeleteData ${LANG_ENGLISH} "Also delete all mail and settings of the relay?$\r$\n$\r$\n$0"
  LangString relayDeleteData ${LANG_GERMAN} "Auch alle Nachrichten und Einstellungen des Relays löschen?$\r$\n$\r$\n$0"
!macroend

; The process of the service lies in the installation folder. Ended from outside, Windows would start it again five seconds
; later, in the middle of the upgrade: it is stopped in good order first. net.exe waits for the end.
!macro customCheckAppRunning
  nsExec::Exec '"$SYSDIR\net.exe" stop ${RELAY_SERVICE}'
  Pop $0
  !ifndef BUILD_UNINSTALLER
    ; 0: it was running, and has stopped.
    ${If} $0 == "0"
      StrCpy $RelayWasRunning "1"
    ${EndIf}
  !endif
  !insertmacro IS_POWERSHELL_AVAILABLE
  !insertmacro _CHECK_APP_RUNNING
!macroend

; Defaults, and what the command line wants instead.
!macro customInit
  nsExec::Exec '"$SYSDIR\sc.exe" query ${RELAY_SERVICE}'
  Pop $0
  ReadRegStr $1 HKLM "${INSTALL_REGISTRY_KEY}" InstallLocation
  StrCpy $RelayService "1"
  ${If} $0 != 0
  ${AndIf} $1 != ""
    StrCpy $RelayService "0"
  ${EndIf}
  StrCpy $RelayFirewall "0"

  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/SERVICE=" $R1
  ${IfNot} ${Errors}
    StrCpy $RelayService $R1
  ${EndIf}
  ClearErrors
  ${GetOptions} $R0 "/FIREWALL=" $R1
  ${IfNot} ${Errors}
    StrCpy $RelayFirewall $R1
  ${EndIf}
  ClearErrors
!macroend

!macro customPageAfterChangeDir
  Page custom relayServicePage relayServicePageLeave
!macroend

!ifndef BUILD_UNINSTALLER
  Function relayServicePage
    !insertmacro MUI_HEADER_TEXT "$(relayTitle)" "$(relaySubtitle)"
    nsDialogs::Create 1018
    Pop $0
    ${If} $0 == error
      Abort
    ${EndIf}
    ${NSD_CreateCheckbox} 0 0 100% 12u "$(relayServiceText)"
    Pop $RelayServiceBox
    ${NSD_SetState} $RelayServiceBox $RelayService
    ${NSD_CreateCheckbox} 0 20u 100% 12u "$(relayFirewallText)"
    Pop $RelayFirewallBox
    ${NSD_SetState} $RelayFirewallBox $RelayFirewall
    ${NSD_CreateLabel} 0 44u 100% 36u "$(relayNote)"
    Pop $0
    nsDialogs::Show
  FunctionEnd

  Function relayServicePageLeave
    ${NSD_GetState} $RelayServiceBox $RelayService
    ${NSD_GetState} $RelayFirewallBox $RelayFirewall
  FunctionEnd
!endif

; An upgrade that ends half-way must not leave the computer without its relay. What was there before may be gone by now: then
; this does nothing, and the installer has said that it failed.
!macro relayStartAgain
  ${If} $RelayWasRunning == "1"
    nsExec::Exec '"$SYSDIR\sc.exe" start ${RELAY_SERVICE}'
    Pop $0
    StrCpy $RelayWasRunning "0"
  ${EndIf}
!macroend

!ifndef BUILD_UNINSTALLER
  Function .onInstFailed
    !insertmacro relayStartAgain
  FunctionEnd

  ; Also where the installer ends without a word about failure: the files of the old version were in use, for example.
  Function .onGUIEnd
    !insertmacro relayStartAgain
  FunctionEnd
!endif

; The folder of smtp-relay.cmd in the PATH of the computer. PowerShell, because a string of NSIS may be shorter than that
; value and would cut it off, and because what stands there as %SystemRoot% has to stay so. At the end: it hides nobody's
; program.
!macro relayPath ACTION
  System::Call 'kernel32::SetEnvironmentVariable(t "SMTP_RELAY_FOLDER", t "$INSTDIR")'
  nsExec::Exec `"$SYSDIR\WindowsPowerShell\v1.0\powershell.exe" -NoLogo -NoProfile -NonInteractive -Command "$$k = [Microsoft.Win32.Registry]::LocalMachine.OpenSubKey('SYSTEM\CurrentControlSet\Control\Session Manager\Environment', $$true); $$old = [string]$$k.GetValue('Path', '', 'DoNotExpandEnvironmentNames'); $$new = @($$old.Split(';') | Where-Object { $$_ -ne '' -and $$_.TrimEnd('\') -ne $$env:SMTP_RELAY_FOLDER.TrimEnd('\') }); if ('${ACTION}' -eq 'add') { $$new += $$env:SMTP_RELAY_FOLDER }; $$k.SetValue('Path', ($$new -join ';'), 'ExpandString')"`
  Pop $0
  ; Windows opened from now on know it.
  SendMessage 0xFFFF 0x001A 0 "STR:Environment" /TIMEOUT=5000
!macroend

; The command line makes the service: one place knows its account, its recovery and its rights.
!macro customInstall
  !insertmacro relayPath add
  ${If} $RelayService == "1"
    StrCpy $1 ""
    ${If} $RelayFirewall == "1"
      StrCpy $1 "--firewall-port ${RELAY_PORT}"
    ${EndIf}
    nsExec::ExecToLog '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" --cli service install $1'
    Pop $0
    ${If} $0 != 0
      MessageBox MB_OK|MB_ICONEXCLAMATION "$(relayServiceFailed)" /SD IDOK
      SetErrorLevel 3
    ${Else}
      StrCpy $RelayWasRunning "0"
    ${EndIf}
  ${EndIf}
  ; A service that was there before and is not to be changed goes on with the new version.
  !insertmacro relayStartAgain
!macroend

; An upgrade runs the uninstaller of the old version: service and data stay.
!macro customUnInstall
  ${IfNot} ${isUpdated}
    !insertmacro relayPath remove
    nsExec::ExecToLog '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" --cli service remove'
    Pop $0
    ${If} $0 != 0
      nsExec::Exec '"$SYSDIR\sc.exe" delete ${RELAY_SERVICE}'
      Pop $0
    ${EndIf}

    SetShellVarContext all
    StrCpy $0 "$APPDATA\SmtpRelay"
    StrCpy $2 "0"
    ${GetParameters} $R0
    ClearErrors
    ${GetOptions} $R0 "/DELETEDATA=" $R1
    ${IfNot} ${Errors}
      StrCpy $2 $R1
    ${ElseIf} ${FileExists} "$0\*.*"
      MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(relayDeleteData)" /SD IDNO IDNO +2
      StrCpy $2 "1"
    ${EndIf}
    ClearErrors
    ${If} $2 == "1"
      RMDir /r "$0"
    ${EndIf}
  ${EndIf}
!macroend
