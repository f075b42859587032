import { ASK_ETCD, ETCD_IS_HEALTHY } from './etcd-gateway';

/**
 * Bash function `serves_the_cluster`: fails, and says why, when etcd is healthy and this broker has
 * lost its place in the cluster. Without a clear answer of etcd the broker is left alone.
 *
 * After an etcd outage a broker runs on with all ports open, but it renews its registration no more
 * (facts on Danube, 1.9), or, after a short outage, it does and hears nothing all the same: its
 * watches ended with the connection that they came over. So a broker has lost its place when
 *
 * - the connection to etcd that it started with is gone. It has one for all it does. Of what it
 *   started with, a file in RECOVERY_DIRECTORY tells; or when
 * - its registration is gone, or runs out: of 32 seconds at least 21 are left while it is renewed.
 *
 * The first is seen at once, and that counts: while the broker that leads hears nothing, nobody
 * moves the topics of brokers that go.
 *
 * The id of a broker is random. Its registration is the newest with the address that the process
 * was told to advertise. (No here-strings: bash may need a file for them, where all is read-only.)
 */
export const REGISTRATION_CHECK = `\
${ASK_ETCD}
${ETCD_IS_HEALTHY}
# Sets broker_pid and broker_address.
find_broker() {
  local file words position
  for file in /proc/[0-9]*/cmdline; do
    mapfile -d '' -t words 2>/dev/null <"$file" || continue
    [[ \${words[0]} == *danube-broker ]] || continue
    broker_pid=\${file//[!0-9]/}
    for position in "\${!words[@]}"; do
      [[ \${words[position]} != --advertised-addr ]] || broker_address=\${words[position + 1]}
    done
  done
  [[ -n $broker_pid && -n $broker_address ]]
}

# The broker's own ends of its connections to etcd.
connections() {
  local etcd_port sockets own other state inode
  etcd_port=$(printf %04X "$ETCD_PORT")
  sockets=$(readlink "/proc/$broker_pid/fd/"* 2>/dev/null)
  cat /proc/net/tcp /proc/net/tcp6 2>/dev/null |
    while read -r _ own other state _ _ _ _ _ inode _; do
      [[ $other == *:"$etcd_port" && $state == 01 ]] || continue
      [[ $sockets != *"socket:[$inode]"* ]] || echo "$own"
    done
}

keeps_its_connection() {
  local file=$RECOVERY_DIRECTORY/connection process stat now at_start
  read -ra stat <"/proc/$broker_pid/stat"
  process="process $broker_pid started at \${stat[21]}"
  now=$(connections)
  if [[ $(head -n 1 "$file" 2>/dev/null) != "$process" ]]; then
    [[ -z $now ]] || printf '%s\\n' "$process" "$now" >"$file"
    return 0
  fi
  at_start=$(tail -n +2 "$file")
  [[ $now == *"$at_start"* ]]
}

is_registered() {
  local answer value lease own=
  # All keys below /cluster/register/, the newest first.
  answer=$(ask_etcd /v3/kv/range '{"key": "L2NsdXN0ZXIvcmVnaXN0ZXIv",
    "range_end": "L2NsdXN0ZXIvcmVnaXN0ZXIw", "sort_order": "DESCEND", "sort_target": "CREATE"}')
  [[ $answer == *'"revision":'* ]] || return 0
  while read -r value lease; do
    if printf %s "$value" | base64 -d | grep -qF "\\"advertised_addr\\":\\"$broker_address\\""; then
      own=$lease
      break
    fi
  done < <(printf %s "$answer" | grep -oE '"value":"[^"]*","lease":"[0-9]+"' |
    sed -E 's/"value":"([^"]*)","lease":"([0-9]+)"/\\1 \\2/')
  [[ -n $own ]] || return 1
  answer=$(ask_etcd /v3/lease/timetolive "{\\"ID\\": \\"$own\\"}")
  [[ $answer =~ \\"TTL\\":\\"(-?[0-9]+)\\" ]] || return 0
  ((BASH_REMATCH[1] >= 18))
}

serves_the_cluster() {
  local broker_pid= broker_address=
  find_broker || return 0
  if ! keeps_its_connection && etcd_is_healthy; then
    echo "etcd is healthy, but $broker_address lost the connection that it listened on"
    return 1
  fi
  if etcd_is_healthy && ! is_registered; then
    echo "etcd is healthy, but $broker_address is not registered any more"
    return 1
  fi
}
`;
