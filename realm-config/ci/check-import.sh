#!/usr/bin/env bash
# Do these realm files work? On a fresh Keycloak, with a database of its own, without Docker:
#   1. all of them are imported by start --import-realm;
#   2. a second start with them changes nothing, and an offline session lives through it;
#   3. what kc.sh export writes can be imported into another fresh Keycloak, and nothing of it is lost.
#
#   realm-config/ci/check-import.sh keycloak-26.7.3.tar.gz keycloak-access-keys.jar realm.json…
#
# For bash, with curl, jq and a JDK of 17 or later. It takes a minute or two, and 700 MB below $TMPDIR.
set -euo pipefail
archive=$(realpath "$1") jar=$(realpath "$2")
shift 2
port=${HTTP_PORT:-18080} management=${MANAGEMENT_PORT:-19000}
export KC_BOOTSTRAP_ADMIN_USERNAME=admin KC_BOOTSTRAP_ADMIN_PASSWORD=admin
export JAVA_OPTS_APPEND=${JAVA_OPTS_APPEND:--XX:TieredStopAtLevel=1 -Xmx768m}

work=$(mktemp -d)
server=''
finish() {
  stop
  rm -rf "$work"
}
trap finish EXIT

say() { printf '== %s\n' "$*"; }
fail() {
  printf 'FAILED: %s\n' "$*" >&2
  [[ -e $work/log ]] && tail -n 30 "$work/log" >&2
  exit 1
}
kc() { "$work/keycloak/bin/kc.sh" "$@"; }

start() {
  # Not by way of kc: this is the process to be ended.
  "$work/keycloak/bin/kc.sh" start --optimized --http-enabled=true --hostname-strict=false --http-host=127.0.0.1 --http-port="$port" \
    --http-management-port="$management" --cache=local "$@" > "$work/log" 2>&1 &
  server=$!
  local i
  for ((i = 0; i < 180; i++)); do
    kill -0 "$server" 2> /dev/null || fail 'Keycloak has ended'
    curl -sf -o /dev/null "http://127.0.0.1:$management/health/ready" && return
    sleep 1
  done
  fail 'Keycloak is not ready after three minutes'
}

# kc.sh passes the signal on to its JVM.
stop() {
  [[ $server ]] || return 0
  kill "$server" 2> /dev/null || true
  wait "$server" 2> /dev/null || true
  server=''
}

# Everything in the realms, in an order that does not change; without master, which is not ours, and without the sessions.
export_to() {
  kc export --optimized --dir="$1" --users=same_file > "$work/export.log" 2>&1 || {
    cat "$work/export.log" >&2
    fail 'the export'
  }
  rm -f "$1"/master-*.json
  local file
  for file in "$1"/*.json; do
    jq -S 'walk(if type == "array" then sort_by(tojson) else . end)' "$file" > "$file.sorted"
    mv "$file.sorted" "$file"
  done
}

say "Keycloak and $(basename "$jar")"
mkdir -p "$work/keycloak" && tar -xzf "$archive" --strip-components=1 -C "$work/keycloak"
cp "$jar" "$work/keycloak/providers/"
kc build --db=dev-file --health-enabled=true > "$work/log" 2>&1 || fail 'the build'
mkdir -p "$work/keycloak/data/import"
cp "$@" "$work/keycloak/data/import/"

say 'a first start, with --import-realm'
start --import-realm
names=()
for file in "$@"; do
  name=$(jq -r .realm "$file")
  names+=("$name")
  [[ $(curl -s "http://127.0.0.1:$port/realms/$name" | jq -r .realm) == "$name" ]] || fail "$name is not there"
done
# With a session that shall outlive the restart, if there is a realm that has the clients for it.
refresh=''
oidc=http://127.0.0.1:$port/realms/long-running-apps/protocol/openid-connect
if [[ " ${names[*]} " == *' long-running-apps '* ]]; then
  . "$(dirname "${BASH_SOURCE[0]}")/../walk.sh"
  there=http://127.0.0.1:8001/callback
  refresh=$(curl -s "$oidc/token" -u web-app:web-app-demo-secret -d grant_type=authorization_code -d "redirect_uri=$there" \
    -d "code=$(authorize "$oidc/auth?client_id=web-app&response_type=code&scope=orders:read%20offline_access&redirect_uri=$there" alice alice | code)" | field refresh_token)
  [[ $refresh ]] || fail 'no refresh token'
fi
stop
export_to "$work/first"

say 'a second start with the same files'
start --import-realm
for name in "${names[@]}"; do
  grep -q "Realm '$name' already exists. Import skipped" "$work/log" || fail "$name was not skipped"
done
if [[ $refresh ]]; then
  [[ $(curl -s "$oidc/token" -u web-app:web-app-demo-secret -d grant_type=refresh_token -d "refresh_token=$refresh" | field token_type) == Bearer ]] ||
    fail 'the refresh token did not live through the restart'
  say 'a refresh token has lived through it'
fi
stop
export_to "$work/second"
diff -r "$work/first" "$work/second" || fail 'the second import has changed something'

say 'what was exported, in a fresh database'
rm -rf "$work/keycloak/data/h2"
start
stop
mkdir "$work/again" && cp "$work/first/"*.json "$work/again"
kc import --optimized --dir="$work/again" --override=true > "$work/log" 2>&1 || fail 'the import of the export'
export_to "$work/third"
# Keycloak writes down more of its defaults then, and moves things: so each line that was there, however often.
lines() { sed 's/,$//' "$1" | LC_ALL=C sort; }
for file in "$work/first/"*.json; do
  lost=$(LC_ALL=C comm -23 <(lines "$file") <(lines "$work/third/$(basename "$file")"))
  [[ -z $lost ]] || fail "the round trip has lost, of $(basename "$file"): $lost"
done

say "${#names[@]} realms: imported, unchanged by a second import, and whole after export and import"
