/** Where the script finds the plan and the schemas. */
export const BOOTSTRAP_DIRECTORY = '/etc/danube-bootstrap';
export const SCHEMAS_DIRECTORY = '/etc/danube-schemas/own';
export const EXISTING_SCHEMAS_DIRECTORY = '/etc/danube-schemas/existing';

/**
 * Makes what the plan lists. The commands of danube-admin fail when something exists, and say
 * nothing of how it is, so each step looks, makes what is missing, and looks again: brokers learn
 * from each other with a delay. A schema is bound to a topic at the broker that serves it, and only
 * there (facts on Danube, 3.3; run). It needs bash, sed, grep and getent.
 */
export const BOOTSTRAP_SCRIPT = `\
#!/bin/bash
# Makes the namespaces, schemas and topics of the file "plan". What is there already stays.
set -uo pipefail
trap 'exit 143' TERM
export RUST_BACKTRACE=0
tries=30

admin() { timeout 30 danube-admin "$@" 2>&1; }

# Repeats a step until all is as it says. It makes what is missing, and names a problem if it fails.
settle() {
  local try
  for ((try = 1; try <= tries; try++)); do
    problem= contradiction=
    if "$@"; then
      echo "done: $*"
      return
    fi
    # Brokers may not know yet what others made, so a contradiction has to last.
    if [ -n "$contradiction" ] && [ "$try" -ge 5 ]; then
      echo "refused: $contradiction" >&2
      exit 2
    fi
    sleep 1
  done
  echo "failed: $* - \${contradiction:-$problem}" >&2
  exit 1
}

# namespace NAME
namespace() {
  local known
  known=$(admin brokers namespaces --output json) || { problem=$known; return 1; }
  grep -qE "^ *\\"$1\\",?$" <<<"$known" && return
  problem=$(admin namespaces create "$1") && problem="namespace $1 does not show up"
  return 1
}

# schema SUBJECT TYPE COMPATIBILITY
schema() {
  local subject=$1 type=$2 mode=$3 known file="${SCHEMAS_DIRECTORY}/$1"
  [ -s "$file" ] || file="${EXISTING_SCHEMAS_DIRECTORY}/$1"
  case "$type" in string | bytes) file=/dev/null ;; esac
  if [ ! -e "$file" ]; then
    echo "refused: schema $subject has neither content nor a key in existingConfigMap" >&2
    exit 2
  fi
  if known=$(admin schemas get --subject "$subject" --output json); then
    known=$(sed -n 's/^ *"schema_type": "\\(.*\\)",*$/\\1/p' <<<"$known")
    if [ "$known" != "$type" ]; then
      contradiction="schema $subject exists with type $known, and $type is wanted; write its \\
type, or use another subject"
      return 1
    fi
    problem=$(admin schemas set-compatibility "$subject" --mode "$mode") || return 1
  elif ! grep -q 'not found' <<<"$known"; then
    problem=$known
    return 1
  fi
  problem=$(admin schemas register "$subject" --schema-type "$type" --file "$file") || return 1
  problem=$(admin schemas set-compatibility "$subject" --mode "$mode")
}

# The names and dispatch strategies of a topic, or of its partitions, that exist.
existing() {
  local listed within=\${1#/}
  listed=$(admin topics list --namespace "\${within%%/*}") || { echo "$listed"; return 1; }
  sed -nE "s|^Topic: ($1(-part-[0-9]+)?) \\\\(.*delivery: ([A-Za-z]+)\\\\)$|\\1 \\3|p" <<<"$listed" |
    sed 's/ NonReliable$/ non_reliable/; s/ Reliable$/ reliable/' | sort
}

# topic NAME PARTITIONS STRATEGY
topic() {
  local name=$1 partitions=$2 strategy=$3 there found actual part wanted=() missing=()
  there=$(existing "$name") || { problem=$there; return 1; }
  while read -r found actual; do
    [ -n "$found" ] || continue
    if [ "$actual" != "$strategy" ]; then
      contradiction="topic $found exists with dispatch strategy $actual, and $strategy is wanted"
    elif [ "$partitions" -eq 0 ] && [ "$found" != "$name" ]; then
      contradiction="topic $name exists with partitions, and one without is wanted"
    elif [ "$partitions" -gt 0 ] && [ "$found" = "$name" ]; then
      contradiction="topic $name exists without partitions, and $partitions are wanted"
    elif [ "$partitions" -gt 0 ] && [ "\${found##*-part-}" -ge "$partitions" ]; then
      contradiction="topic $name exists with more than $partitions partitions: $found"
    fi
  done <<<"$there"
  if [ -n "$contradiction" ]; then
    contradiction+="; write what exists, or delete it with its messages: \\
danube-admin topics delete $name"
    return 1
  fi
  [ "$partitions" -gt 0 ] || wanted=("$name")
  for ((part = 0; part < partitions; part++)); do wanted+=("$name-part-$part"); done
  for part in "\${wanted[@]}"; do
    grep -q "^$part " <<<"$there" || missing+=("$part")
  done
  [ "\${#missing[@]}" -gt 0 ] || return 0
  if [ "$partitions" -gt 0 ] && [ -z "$there" ]; then
    problem=$(admin topics create "$name" --partitions "$partitions" --dispatch-strategy "$strategy")
  else
    for part in "\${missing[@]}"; do
      problem=$(admin topics create "$part" --dispatch-strategy "$strategy") || return 1
    done
  fi
  [ $? -ne 0 ] || problem="topic $name does not show up"
  return 1
}

# The admin ports of the brokers: of the pods behind BROKER_HOSTS, and as the brokers say.
endpoints() {
  local port=\${DANUBE_ADMIN_ENDPOINT##*:}
  port=\${port%%/*}
  echo "$DANUBE_ADMIN_ENDPOINT"
  [ -z "\${BROKER_HOSTS:-}" ] || getent ahosts "$BROKER_HOSTS" | while read -r address _; do
    case "$address" in
      *:*) echo "http://[$address]:$port" ;;
      *) echo "http://$address:$port" ;;
    esac
  done | sort -u
  admin brokers list --output json |
    sed -n 's|^ *"broker_addr": "\\(https*://\\)*\\(.*\\):[0-9]*",*$|http://\\2:'"$port|p"
}

# topic_schema NAME SUBJECT POLICY payload|no_payload
topic_schema() {
  local name=$1 there part endpoint options=()
  options=(--subject "$2" --validation-policy "$3")
  [ "$4" = no_payload ] || options+=(--enable-payload-validation)
  there=$(existing "$name") || { problem=$there; return 1; }
  for part in $(sed 's/ .*//' <<<"$there"); do
    problem="no broker serves topic $part yet"
    for endpoint in $(endpoints); do
      if answer=$(DANUBE_ADMIN_ENDPOINT=$endpoint admin topics configure-schema "$part" "\${options[@]}"); then
        problem=
        break
      fi
      grep -q 'not found on this broker' <<<"$answer" || problem=$answer
    done
    [ -z "$problem" ] || return 1
  done
}

until listed=$(admin brokers list --output json) && grep -q '"broker_status": "active"' <<<"$listed"
do
  echo "waiting for an active Danube broker at $DANUBE_ADMIN_ENDPOINT"
  sleep 2
done
while read -r -u 3 line; do
  [ -z "$line" ] || settle $line
done 3<"${BOOTSTRAP_DIRECTORY}/plan"
echo 'all is there'
`;
