export RUST_BACKTRACE=0
exists() {
  local listed namespace=${1#/}
  listed=$(timeout 10 danube-admin topics list --namespace "${namespace%%/*}" 2>/dev/null) ||
    unreachable=" (no broker answers at $DANUBE_ADMIN_ENDPOINT)"
  grep -qE "^Topic: $1(-part-[0-9]+)? \\(broker_id: " <<<"$listed"
}
while
  missing= unreachable=
  for topic in "$@"; do exists "$topic" || missing+=" $topic"; done
  [ -n "$missing" ]
do
  echo "waiting for topics:$missing$unreachable; a sink ends while its topics are missing"
  sleep 2
done
echo "all topics exist: $*"