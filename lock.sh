#!/bin/sh
# Writes the locks anew: versions and hashes for every platform, no registry's host. Needs `uv` in the environment.
# The embedded engine is left out: the registry keeps only its newest pre-release, so start.py installs it by range.
set -eu
cd "$(dirname "$0")"
common="--universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-package arcadedb -q"
uv pip compile pyproject.toml --extra notebook --extra build $common -o requirements.txt
uv pip compile pyproject.toml --extra notebook --extra build --extra dev --extra py2neo $common -o requirements-dev.txt
# Half a gigabyte that hardly anyone needs stands apart, at the versions that the others have.
uv pip compile pyproject.toml --extra spark $common --constraint requirements-dev.txt -o requirements-spark.txt
