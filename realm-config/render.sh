#!/usr/bin/env bash
# Fills in the variables of a realm file, and prints it: for the Admin API, the Admin Console and kcadm, which store
# ${NAME:default} as it stands, so that this text becomes a secret that works and that everybody can read.
#   export ACME_GATEWAY_SECRET=…
#   realm-config/render.sh realm-config/realms/acme.json > acme.json
# Each ${NAME} and ${NAME:default} becomes the value of the environment variable NAME. Where one is missing, the script
# names it and prints nothing. With --with-defaults it takes the defaults, which are public: for a first look only.
set -euo pipefail

defaults=no
if [[ ${1:-} == --with-defaults ]]; then
  defaults=yes
  shift
fi
if (($# != 1)) || [[ ! -r $1 ]]; then
  echo 'usage: render.sh [--with-defaults] realm.json' >&2
  exit 2
fi

left=$(cat "$1")
rendered='' missing=''
variable='\$\{([A-Z][A-Z0-9_]*)(:([^}]*))?\}'
while [[ $left =~ $variable ]]; do
  whole=${BASH_REMATCH[0]} name=${BASH_REMATCH[1]}
  if [[ -n ${!name:-} ]]; then
    value=${!name}
    if [[ $value == *[[:cntrl:]]* || $value == *'${'* ]]; then
      echo "$name has a line break, another control character or a \${ in it. Give it a value of one line without." >&2
      exit 1
    fi
    # As it is written in a JSON text.
    value=${value//\\/\\\\}
    value=${value//\"/\\\"}
  elif [[ $defaults == yes && -n ${BASH_REMATCH[3]} ]]; then
    value=${BASH_REMATCH[3]}
  else
    value=''
    [[ " $missing " == *" $name "* ]] || missing+="${missing:+ }$name"
  fi
  rendered+=${left%%"$whole"*}$value
  left=${left#*"$whole"}
done

if [[ $missing ]]; then
  echo "$1 needs these environment variables: $missing" >&2
  exit 1
fi
printf '%s\n' "$rendered$left"
