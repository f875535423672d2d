#!/bin/sh
# After the package went. Mail and settings stay until somebody purges it.
set -e
case "$1" in
  remove | purge)
    rm -f '/usr/bin/${executable}' /usr/bin/smtp-relay
    if [ -f '/etc/apparmor.d/${executable}' ]; then
      apparmor_parser --remove '/etc/apparmor.d/${executable}' >/dev/null 2>&1 || true
      rm -f '/etc/apparmor.d/${executable}'
    fi
    if [ -d /run/systemd/system ]; then systemctl daemon-reload || true; fi
    ;;
esac
if [ "$1" = purge ]; then
  rm -rf /var/lib/smtp-relay
  if getent passwd smtp-relay >/dev/null; then userdel smtp-relay || true; fi
fi
