#!/usr/bin/env bash
# The Debian package as root: install, serve, take mail, upgrade, remove, purge.
set -euo pipefail
package="$(realpath release/smtp-relay-manager-*.deb)"
queue=/var/lib/smtp-relay/mailroot/1/Queue

check() { if eval "$2"; then echo "ok: $1"; else echo "Not so: $1" >&2; journalctl -u smtp-relay --no-pager | tail -50 >&2; exit 1; fi; }
queued() { find "$queue" -name '*.eml' | wc -l; }
# Exit status 1 is 'no relay answers'; with a gateway that is down there are warnings.
answers() {
  for _ in $(seq 60); do
    status=0
    smtp-relay status >/dev/null 2>&1 || status=$?
    if [ "$status" != 1 ]; then return; fi
    sleep 1
  done
  echo 'No relay answers.' >&2
  return 1
}

apt-get install -y "$package"
check 'nothing runs before somebody wants it' '! systemctl is-active --quiet smtp-relay'
smtp-relay service install
answers
check 'the service runs' 'systemctl is-active --quiet smtp-relay'
check 'under its own account' '[ "$(systemctl show smtp-relay --property=User --value)" = smtp-relay ]'

smtp-relay config set delivery.smartHosts 127.0.0.1:1
python3 - <<'PYTHON'
import smtplib
with smtplib.SMTP('127.0.0.1', 25) as relay:
    relay.sendmail('ca01@corp.example.com', ['pki@corp.example.com'], 'Subject: Issued\r\n\r\nA test.\r\n')
PYTHON
check 'mail is taken in and waits' '[ "$(queued)" = 1 ]'

apt-get install -y --reinstall "$package"
answers
check 'an upgrade goes on with the service' 'systemctl is-active --quiet smtp-relay'
check 'and keeps the mail' '[ "$(queued)" = 1 ]'

apt-get remove -y smtp-relay-manager
check 'the service is gone with the application' '! systemctl is-active --quiet smtp-relay'
check 'mail stays' '[ "$(queued)" = 1 ]'
apt-get purge -y smtp-relay-manager
check 'and goes with a purge' '[ ! -e /var/lib/smtp-relay ]'
