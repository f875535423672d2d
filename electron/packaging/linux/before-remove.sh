#!/bin/sh
# Before the package goes; an upgrade lets the service run on.
set -e
case "$1" in
  remove | deconfigure)
    if [ -d /run/systemd/system ]; then systemctl disable --now smtp-relay.service || true; fi
    ;;
esac
