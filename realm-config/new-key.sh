#!/usr/bin/env bash
# Makes an API key without Keycloak: prints the row that goes into git (a hash, no secret) and, on the error output, the
# key itself, once. The file for the import is a JSON array of such rows.
#   realm-config/new-key.sh PREFIX OWNER_CLIENT API_CLIENT "SCOPE…" [EXPIRES_AT] > row.json
set -euo pipefail
prefix=$1 owner=$2 api=$3 scopes=$4 expires=${5:-}

digits=0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz
# So many characters out of these 62, each as likely as the others.
random() {
  local drawn=''
  while ((${#drawn} < $1)); do drawn+=$(head -c 256 /dev/urandom | LC_ALL=C tr -dc "$digits"); done
  printf %s "${drawn:0:$1}"
}
# The CRC-32 of a text, as six of these characters; gzip writes it behind what it has packed.
checksum() {
  local crc text='' i
  crc=$(printf %s "$1" | gzip -c | tail -c 8 | head -c 4 | od -An -tu4 --endian=little)
  for i in 1 2 3 4 5 6; do
    text=${digits:crc % 62:1}$text
    ((crc /= 62)) || true
  done
  printf %s "$text"
}

id=${KEY_ID:-$(random 16)}
secret=${KEY_SECRET:-$(random 43)}
key=${prefix}_$id$secret
key+=$(checksum "$key")
hash=$(printf 'access-keys:secret:1\0%s' "$secret" | openssl dgst -sha256 -binary | base64 | tr '/+' '_-' | tr -d '=')
now=${KEY_CREATED_AT:-$(date -u +%Y-%m-%dT%H:%M:%SZ)}

cat << ROW
{
  "id": "$id",
  "kind": "api-key",
  "prefix": "$prefix",
  "owner": { "client": "$owner" },
  "client": "$api",
  "name": "${KEY_NAME:-from git}",
  "scopes": ["${scopes// /\", \"}"],
  "restrictions": [],
  "createdAt": "$now",
  "createdBy": "git",${expires:+
  \"expiresAt\": \"$expires\",}
  "secrets": [
    { "number": 1, "algorithm": "access-keys-sha-256", "hash": "$hash", "hint": "${key: -4}", "createdAt": "$now" }
  ],
  "version": 1
}
ROW
echo "$key" >&2
