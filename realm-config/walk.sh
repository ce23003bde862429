# What the walk-throughs in docs/ have in common. For bash, with curl and openssl:
#   . realm-config/walk.sh
KC=${KC:-http://127.0.0.1:8080}

# The text member of this name in the JSON that comes in, such as access_token.
field() { { cat && echo; } | sed -nE "s~.*\"$1\" *: *\"([^\"]*)\".*~\1~p"; }

# Sends a request and shows the status of the answer, nothing else.
status() { curl -s -o /dev/null -w '%{http_code}\n' "$@"; }

# The claims of a JWT.
claims() {
  local part
  part=$(cut -d . -f 2 <<< "$1" | tr '_-' '/+')
  while ((${#part} % 4)); do part+='='; done
  base64 -d <<< "$part" && echo
}

# An access token of the server's administrator.
admin() {
  curl -s "$KC/realms/master/protocol/openid-connect/token" -d grant_type=password -d client_id=admin-cli \
    -d "username=${ADMIN_USER:-admin}" -d "password=${ADMIN_PASSWORD:-admin}" | field access_token
}

# A pair of PKCE (RFC 7636), in VERIFIER and CHALLENGE.
pkce() {
  VERIFIER=$(openssl rand -base64 48 | tr '/+' '_-' | tr -d '\n')
  CHALLENGE=$(printf %s "$VERIFIER" | openssl dgst -sha256 -binary | base64 | tr '/+' '_-' | tr -d '=')
}

# authorize URL USER PASSWORD: plays the browser. Opens the URL, signs in, agrees where asked, and shows where it is
# sent at last; without being sent anywhere, the status.
authorize() {
  local jar page action code to
  jar=$(mktemp)
  page=$(curl -s -b "$jar" -c "$jar" -w '\n%{http_code} %{redirect_url}' "$1")
  to=$(tail -n 1 <<< "$page")
  while true; do
    action=$(sed -nE 's~.*action="([^"]*/login-actions/[^"]*)".*~\1~p' <<< "$page" | head -n 1 | sed 's~&amp;~\&~g')
    [[ $to == *" " && -n $action ]] || break
    [[ $action == /* ]] && action=$KC$action
    code=$(sed -nE 's~.*name="code" value="([^"]*)".*~\1~p' <<< "$page" | head -n 1)
    page=$(curl -s -b "$jar" -c "$jar" -w '\n%{http_code} %{redirect_url}' "$action" \
      --data-urlencode "username=$2" --data-urlencode "password=$3" -d "code=$code" -d accept=Yes)
    to=$(tail -n 1 <<< "$page")
    if [[ $to == *" "*/login-actions/* ]]; then
      page=$(curl -s -b "$jar" -c "$jar" -w '\n%{http_code} %{redirect_url}' "${to#* }")
      to=$(tail -n 1 <<< "$page")
    elif [[ $to == *" " ]]; then
      break
    fi
  done
  rm -f "$jar"
  [[ $to == *" " ]] && echo "${to% }" || echo "${to#* }"
}

# The authorization code in where a browser was sent.
code() { sed -nE 's~.*[?&]code=([^&]*).*~\1~p'; }

# sign_in REALM USER PASSWORD: an access token of the Account Console, with which people manage their keys.
sign_in() {
  local oidc=$KC/realms/$1/protocol/openid-connect there=$KC/realms/$1/account/ VERIFIER CHALLENGE
  pkce
  curl -s "$oidc/token" -d grant_type=authorization_code -d client_id=account-console -d "redirect_uri=$there" \
    -d "code_verifier=$VERIFIER" -d "code=$(authorize "$oidc/auth?client_id=account-console&response_type=code&scope=openid&code_challenge_method=S256&code_challenge=$CHALLENGE&redirect_uri=$there" "$2" "$3" | code)" |
    field access_token
}
