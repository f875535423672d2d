#!/bin/sh
# After installing or upgrading the package.
set -e
application='/opt/${sanitizedProductName}'

ln -sf "$application/${executable}" '/usr/bin/${executable}'
ln -sf "$application/smtp-relay" /usr/bin/smtp-relay

# The console's web page is held by user namespaces; where the kernel has none, by this helper.
if unshare --user true 2>/dev/null; then
  chmod 0755 "$application/chrome-sandbox"
else
  chmod 4755 "$application/chrome-sandbox"
fi

# Ubuntu 24 and newer allow user namespaces only to programs with a profile.
profile="$application/resources/apparmor-profile"
if apparmor_status --enabled >/dev/null 2>&1 && apparmor_parser --skip-kernel-load --debug "$profile" >/dev/null 2>&1; then
  cp -f "$profile" '/etc/apparmor.d/${executable}'
  apparmor_parser --replace --write-cache --skip-read-cache '/etc/apparmor.d/${executable}' || true
fi

if ! getent passwd smtp-relay >/dev/null; then
  useradd --system --user-group --home-dir /var/lib/smtp-relay --no-create-home --shell /usr/sbin/nologin \
    --comment 'SMTP Relay Manager' smtp-relay
fi

# Not enabled by itself: `smtp-relay service install` does that. One that runs goes on with the new version.
if [ -d /run/systemd/system ]; then
  systemctl daemon-reload
  systemctl try-restart smtp-relay.service || echo 'The service did not start again: journalctl -u smtp-relay says why.' >&2
fi

if command -v update-desktop-database >/dev/null; then update-desktop-database -q /usr/share/applications || true; fi
