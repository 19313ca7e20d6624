#!/bin/sh
# Makes .venv with a Python of at least 3.11, and says in one line what is missing if it cannot. $1: the command to use.
set -eu

python=$1
if ! command -v "$python" >/dev/null 2>&1; then
    echo "There is no command '$python': install Python 3.11 or newer, or say make PYTHON=/path/to/python3." >&2
    exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "$("$python" --version) is too old: Sharpshooter needs 3.11 or newer. Say make PYTHON=/path/to/python3.11." >&2
    exit 1
fi
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    echo "This Python cannot make virtual environments: install python3-venv (Debian: apt-get install python3-venv)." >&2
    exit 1
fi
[ -x .venv/bin/python ] || "$python" -m venv .venv
