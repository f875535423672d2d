/** Our part of the Windows installer goes through the compiler of NSIS, where there is one. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'installer-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const compiler = process.env.MAKENSIS ?? 'makensis';
const available = spawnSync(compiler, ['-VERSION'], { stdio: 'ignore' }).status === 0;

/** What surrounds our file in the templates of electron-builder: the macros it uses, and the places that use its own. */
const surroundings = `
Unicode true
!addincludedir "${join(root, 'node_modules/app-builder-lib/templates/nsis/include')}"
!define APP_EXECUTABLE_FILENAME "SMTP Relay Manager.exe"
!define INSTALL_REGISTRY_KEY "Software\\relay"
Name "relay"
OutFile "${join(folder, 'relay-installer.exe')}"
RequestExecutionLevel admin
!include "MUI2.nsh"
!define isUpdated '"$R9" == "1"'
!macro IS_POWERSHELL_AVAILABLE
!macroend
!macro _CHECK_APP_RUNNING
  \${GetProcessInfo} 0 $pid $1 $2 $3 $4
!macroend
!include "${join(root, 'electron/packaging/windows/installer.nsh')}"
!ifndef BUILD_UNINSTALLER
  !insertmacro customPageAfterChangeDir
!endif
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"
!insertmacro customHeader
Function .onInit
  !ifndef BUILD_UNINSTALLER
    !insertmacro customInit
  !endif
FunctionEnd
Section "install"
  !ifndef BUILD_UNINSTALLER
    !insertmacro customCheckAppRunning
    !insertmacro customInstall
  !endif
  WriteUninstaller "$INSTDIR\\uninstall.exe"
SectionEnd
Section "un.install"
  !ifdef BUILD_UNINSTALLER
    !insertmacro customCheckAppRunning
  !endif
  !insertmacro customUnInstall
SectionEnd
`;

test.skipIf(!available).each(['installer', 'uninstaller'])('the %s compiles without a warning', (kind) => {
  const script = join(folder, `${kind}.nsi`);
  writeFileSync(script, surroundings);
  const mode = kind === 'uninstaller' ? ['-DBUILD_UNINSTALLER'] : [];
  const args = ['-WX', '-V3', '-INPUTCHARSET', 'UTF8', ...mode, script];
  const { stdout, status } = spawnSync(compiler, args, { encoding: 'utf8' });
  expect(stdout.split(/\r?\n/).filter((line) => /warning|error/i.test(line))).toEqual([]);
  expect(status).toBe(0);
});
