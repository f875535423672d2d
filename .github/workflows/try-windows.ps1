# The installer as an administrator without a screen uses it: silent, with the service; then an upgrade, then away with it.
$ErrorActionPreference = 'Stop'
$installer = (Get-ChildItem release\smtp-relay-manager-*-win-*.exe)[0].FullName
$folder = "$env:ProgramFiles\SMTP Relay Manager"
$data = "$env:ProgramData\SmtpRelay"

function Assert([bool] $condition, [string] $what) {
  if (-not $condition) { throw "Not so: $what" }
  Write-Host "ok: $what"
}

function Install {
  $process = Start-Process $installer -ArgumentList '/S', '/SERVICE=1' -Wait -PassThru
  Assert ($process.ExitCode -eq 0) 'the installer ends without an error'
  Assert ((Get-Service SmtpRelay).Status -eq 'Running') 'the service runs'
}

function Relay { & "$folder\smtp-relay.cmd" @args; if ($LASTEXITCODE -ne 0) { throw "smtp-relay $args ended with $LASTEXITCODE" } }

function Queued { @(Get-ChildItem "$data\mailroot\1\Queue\*.eml").Count }

Install
$account = (Get-CimInstance Win32_Service -Filter "Name='SmtpRelay'").StartName
Assert ($account -eq 'NT SERVICE\SmtpRelay') 'the service has an account of its own'
$others = (Get-Acl $data).Access | Where-Object { $_.IdentityReference -match 'Users|Everyone|CREATOR' }
Assert ($null -eq $others) 'nobody else has rights on the data'

# A gateway that is down: mail waits.
Relay config set delivery.smartHosts 127.0.0.1:1
Send-MailMessage -SmtpServer 127.0.0.1 -From ca01@corp.example.com -To pki@corp.example.com -Subject 'Issued' -Body 'A test.' -WarningAction SilentlyContinue
Assert ((Queued) -eq 1) 'mail is taken in and waits'

Install
Assert ((Queued) -eq 1) 'an upgrade keeps the mail'

Stop-Process -Id (Get-CimInstance Win32_Service -Filter "Name='SmtpRelay'").ProcessId -Force
$deadline = (Get-Date).AddSeconds(60)
do { Start-Sleep -Milliseconds 500 } until ((Get-Service SmtpRelay).Status -eq 'Running' -or (Get-Date) -gt $deadline)
Assert ((Get-Service SmtpRelay).Status -eq 'Running') 'Windows starts it again after a crash'

$uninstaller = "$folder\Uninstall SMTP Relay Manager.exe"
Start-Process $uninstaller -ArgumentList '/S', "_?=$folder" -Wait
Assert ($null -eq (Get-Service SmtpRelay -ErrorAction SilentlyContinue)) 'the service is gone with the application'
Assert ((Queued) -eq 1) 'mail and settings stay'
Assert (Test-Path "$data\settings.json") 'the settings stay'

Install
Start-Process $uninstaller -ArgumentList '/S', '/DELETEDATA=1', "_?=$folder" -Wait
Assert (-not (Test-Path $data)) 'mail and settings go where somebody asks for that'
