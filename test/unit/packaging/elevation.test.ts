import { expect, test } from 'vitest';
import { asAdministrator } from '../../../electron/packaging/elevation.ts';

test('no value becomes part of what PowerShell reads as a command', () => {
  const spiteful = "'; Remove-Item C:\\ -Recurse; '$(calc)";
  const command = asAdministrator('C:\\Windows', 'C:\\a b\\relay.exe', ['--cli', '--data', spiteful]);
  const other = asAdministrator('C:\\Windows', 'C:\\other.exe', []);
  expect(command.file).toBe('C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe');
  expect(command.args).toEqual(other.args);
  expect(command.environment).toEqual({
    SMTP_RELAY_PROGRAM: 'C:\\a b\\relay.exe',
    SMTP_RELAY_ARGUMENTS: `--cli --data "${spiteful}"`,
  });
});
