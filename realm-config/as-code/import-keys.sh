#!/bin/sh
# Imports a file of keys into a realm, as often as you like: what is there already stays as it is. It fails if one row
# could not be imported. For a job after every deployment; it needs curl.
#   KC=https://login.example REALM=shop CLIENT_ID=key-importer CLIENT_SECRET=… sh import-keys.sh keys.json
# CLIENT_ID is a client of the realm with a service account that has the role realm-admin of realm-management.
set -eu

TOKEN=$(printf %s "$CLIENT_SECRET" | curl -sSf "$KC/realms/$REALM/protocol/openid-connect/token" \
  -d grant_type=client_credentials -d "client_id=$CLIENT_ID" --data-urlencode client_secret@- |
  sed 's/.*"access_token":"\([^"]*\)".*/\1/')
# Not on the command line, which others on this machine can read.
ANSWER=$(printf 'header = "Authorization: Bearer %s"\n' "$TOKEN" | curl -sS -K - \
  "$KC/admin/realms/$REALM/access-keys/import" -H 'Content-Type: application/json' --data-binary "@$1" -w '\n%{http_code}')
echo "$ANSWER"

case $ANSWER in
  *'"result":"conflict"'* | *'"result":"invalid"'* | *'"result":"refused"'*) exit 1 ;;
  *200) ;;
  *) exit 1 ;;
esac
