"""What an action may refuse with, in words that can be shown as they are."""

from __future__ import annotations

from access.errors import AccessError, AccountProblem
from actions.backup_file import BackupProblem
from actions.errors import ActionRefused
from catalogue.free_space import NoStorage
from warehouse.store import StoreError

REFUSALS = (ActionRefused, AccountProblem, AccessError, BackupProblem, StoreError, NoStorage)
