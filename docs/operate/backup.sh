#!/usr/bin/env bash
# backup.sh FOLDER: one backup, verified, the newest 30 kept. Prints the head of the audit log, to be noted elsewhere.
# Anything that goes wrong ends it with an error and leaves the older backups alone.
set -euo pipefail
folder=$1
cd "$(dirname "$0")/../.."
umask 077
mkdir -p "$folder"
file=$folder/plan-$(date +%Y%m%d-%H%M%S).zip
.venv/bin/python -m actions backup "$file"
.venv/bin/python -m actions verify "$file"
.venv/bin/python -m access verify-log
ls -1 "$folder"/plan-*.zip | sort -r | tail -n +31 | xargs -r rm --
