#!/bin/sh
exec node --import tsx "$(dirname "$0")/code.ts" "$@"
