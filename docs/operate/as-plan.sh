#!/usr/bin/env bash
# as-plan.sh -m MODULE …: one command of the program, run by root as the units run theirs: by the account plan, with the settings
# of /etc/plan-monitor/environment, confined in the same way (its name begins with plan-, so common.conf counts for it too).
exec systemd-run --quiet --pty --pipe --wait --collect --unit="plan-by-hand-$$" --uid=plan --gid=plan \
    --property=StateDirectory=plan-monitor --property=StateDirectoryMode=0700 \
    --property="ReadWritePaths=-/srv/plan -/var/backups/plan-monitor" \
    --property=EnvironmentFile=-/etc/plan-monitor/environment \
    /opt/plan-monitor/.venv/bin/python "$@"
