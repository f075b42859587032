#!/bin/bash
# Answers as danube-admin 0.7.2 does, from files below FAKE_CLUSTER, and writes down its calls.
cluster=$FAKE_CLUSTER
echo "$*" >>"$cluster/calls"
fail() { echo "Error: gRPC error: code: '$1', message: \"$2\"" >&2; exit 1; }
[ -e "$cluster/down" ] && { rm "$cluster/down"; fail 'Service unavailable' 'tcp connect error'; }
option() { # NAME ARGUMENTS...
  local name=$1
  shift
  while [ $# -gt 0 ]; do
    [ "$1" = "$name" ] && echo "$2"
    shift
  done
}
case "$1 $2" in
  'brokers list')
    printf '[\n  {\n    "broker_addr": "http://one:6650",\n    "broker_status": "active"\n  },\n'
    printf '  {\n    "broker_addr": "http://two:6650",\n    "broker_status": "active"\n  }\n]\n'
    ;;
  'brokers namespaces')
    printf '[\n'
    sed 's/.*/  "&",/' "$cluster/namespaces"
    printf '  "system"\n]\n'
    ;;
  'namespaces create')
    grep -qx "$3" "$cluster/namespaces" && fail 'not found' "Namespace $3 already exists."
    echo "$3" >>"$cluster/namespaces"
    ;;
  'schemas get')
    subject=$(option --subject "$@")
    [ -e "$cluster/schemas/$subject" ] || fail 'not found' "Schema not found for subject: $subject"
    printf '{\n  "schema_type": "%s",\n  "version": 1\n}\n' "$(head -n 1 "$cluster/schemas/$subject")"
    ;;
  'schemas set-compatibility')
    [ -e "$cluster/schemas/$3" ] || fail 'Internal error' "metadata not found for subject: $3"
    ;;
  'schemas register')
    { option --schema-type "$@"; cat "$(option --file "$@")"; } >"$cluster/schemas/$3"
    ;;
  'topics list')
    namespace=$(option --namespace "$@")
    sed -nE "s|^(/$namespace/[^ ]+) (.*)|Topic: \\1 (broker_id: 17, delivery: \\2)|p" "$cluster/topics"
    ;;
  'topics create')
    namespace=${3#/}
    grep -qx "${namespace%%/*}" "$cluster/namespaces" || fail 'not found' 'Unable to find the namespace'
    case "$(option --dispatch-strategy "$@")" in reliable) delivery=Reliable ;; *) delivery=NonReliable ;; esac
    partitions=$(option --partitions "$@")
    for ((part = 0; part < ${partitions:-1}; part++)); do
      name=$3${partitions:+-part-$part}
      grep -q "^$name " "$cluster/topics" && fail 'not found' "Topic '$name' already exists"
      echo "$name $delivery" >>"$cluster/topics"
    done
    ;;
  'topics configure-schema')
    [ "$DANUBE_ADMIN_ENDPOINT" = "http://two:50051" ] || fail 'not found' "Topic '$3' not found on this broker"
    [ -e "$cluster/schemas/$(option --subject "$@")" ] || fail 'not found' 'Schema subject not found in registry'
    ;;
  *) fail 'Unimplemented' "$*" ;;
esac
