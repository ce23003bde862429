#!/usr/bin/env bash
# Proves by hand that the tests also run with -Dkeycloak.mode=container, on a Debian machine that
# has no Docker engine and may not use any image registry.
#
#   sudo docker/check-container-mode.sh [test class]       (default: KeycloakServerIT; about 5 min)
#
# It installs an engine with apt, starts it on a socket of its own (no bridge, no iptables: nothing
# of the machine's network changes), builds an image from the distribution that Maven has, runs
# that one integration test class against it and ends everything it started. The packages stay.
#
# What it proves: the container mode of the test bench talks to a real engine, hands jar and realm
# files over, waits for health and follows the log. What it does not prove: the official image, and
# mapped ports - without a bridge the container has to share the host's network. Where Docker works
# as usual, `mvn verify -Dkeycloak.mode=container` alone covers both.
set -euo pipefail

test_class=${1:-KeycloakServerIT}
root=$(cd "$(dirname "$0")/.." && pwd)
# The first one: further down Maven passes the same property on.
version=$(sed -n '/<keycloak\.version>/ {s/.*>\(.*\)<.*/\1/p; q}' "$root/pom.xml")

if [ "$(id -u)" != 0 ]; then
  echo "needs root: debootstrap and dockerd do" >&2
  exit 1
fi

# Short on purpose: the path of a socket may have 107 characters.
work=$(mktemp -d /tmp/engine.XXXXXX)
engine=
export DOCKER_HOST=unix://$work/docker.sock

clean_up() {
  status=$?
  trap - EXIT
  if [ -n "$engine" ]; then
    docker ps --all --quiet | xargs --no-run-if-empty docker rm --force >/dev/null || true
    # dockerd ends its containerd, too.
    kill "$engine" 2>/dev/null || true
    wait "$engine" 2>/dev/null || true
  fi
  # A container on the host's network leaves its name of that network mounted.
  awk -v work="$work/" 'index($2, work) == 1 {print $2}' /proc/mounts |
    sort --reverse | xargs --no-run-if-empty umount
  rm -rf "$work"
  exit $status
}
trap clean_up EXIT
trap 'exit 130' INT TERM

step() { printf '\n== %s (%s s)\n' "$1" "$SECONDS"; }

step "engine from the machine's own package source"
apt-get update -qq
apt-get install -y -qq --no-install-recommends \
  docker.io containerd runc iptables debootstrap procps >/dev/null

step "dockerd on $DOCKER_HOST"
dockerd --host "$DOCKER_HOST" --data-root "$work/data" --exec-root "$work/exec" \
  --pidfile "$work/dockerd.pid" --storage-driver overlay2 --bridge=none \
  --iptables=false --ip6tables=false --ip-forward=false --ip-masq=false \
  >"$work/dockerd.log" 2>&1 &
engine=$!
for _ in $(seq 60); do
  docker version >/dev/null 2>&1 && break
  if ! kill -0 "$engine" 2>/dev/null; then
    tail -20 "$work/dockerd.log" >&2
    exit 1
  fi
  sleep 0.5
done
docker version --format 'client {{.Client.Version}}, engine {{.Server.Version}}'

step "root file system with a JRE"
# shellcheck source=/dev/null
codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
# The mirror that apt uses: the first whose main component has this release.
# shellcheck disable=SC2016
mirror=$(apt-get indextargets --format '$(CODENAME) $(COMPONENT) $(REPO_URI)' \
  'Created-By: Packages' | awk -v name="$codename" '$1 == name && $2 == "main" {print $3; exit}')
mkdir "$work/rootfs"
debootstrap --variant=minbase \
  --include=openjdk-17-jre-headless,ca-certificates-java,procps \
  "$codename" "$work/rootfs" "$mirror" >"$work/debootstrap.log" ||
  { tail -20 "$work/debootstrap.log" >&2; exit 1; }

step "image of Keycloak $version"
cd "$root"
mvn -q dependency:copy -DoutputDirectory="$work" --non-recursive \
  -Dartifact="org.keycloak:keycloak-quarkus-dist:$version:tar.gz"
mkdir -p "$work/rootfs/opt/keycloak"
tar -xzf "$work/keycloak-quarkus-dist-$version.tar.gz" --strip-components=1 \
  -C "$work/rootfs/opt/keycloak"
mkdir -p "$work/rootfs/opt/keycloak/data/import"
chown -R 1000:0 "$work/rootfs/opt/keycloak"
tar -C "$work/rootfs" -c . | docker import \
  --change 'ENTRYPOINT ["/opt/keycloak/bin/kc.sh"]' --change 'USER 1000' \
  --change 'ENV KC_RUN_IN_CONTAINER=true' --change 'EXPOSE 8080 8443 9000' \
  - "quay.io/keycloak/keycloak:$version"
rm -rf "$work/rootfs"

step "$test_class in container mode"
# The reaper is an image of a registry; where /.dockerenv exists, Testcontainers asks for a bridge.
TESTCONTAINERS_RYUK_DISABLED=true TESTCONTAINERS_HOST_OVERRIDE=127.0.0.1 \
  mvn -pl providers -am verify \
  -Dkeycloak.mode=container -Dkeycloak.container.network=host -Dkeycloak.version="$version" \
  -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false \
  -Dit.test="$test_class" -Dfailsafe.failIfNoSpecifiedTests=false

step "done"
