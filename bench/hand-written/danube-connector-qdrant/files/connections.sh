# $1: URL of the brokers; $2: port to listen on, or empty; others: more ports of brokers
memory=/run/danube-connector/connections
started=$(sed 's/.*) //' /proc/1/stat | cut -d ' ' -f 20)
authority=${1#*://}
authority=${authority%%/*}
listening=$2
shift 2
# Sockets of the connector, not of sidecars; if they cannot be listed, those of its user.
sockets=$(ls -l /proc/1/fd 2>/dev/null | sed -n 's/.*socket:\[\([0-9]*\)\]$/\1/p' | tr '\n' ' ')
table=$(cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | awk \
  -v uid="$(id -u)" -v sockets="$sockets" -v ports="${authority##*:} $*" -v own="$listening" '
  BEGIN {
    count = split(ports, port)
    for (i = 1; i <= count; i++) broker[sprintf("%04X", port[i])]
    count = split(sockets, socket)
    for (i = 1; i <= count; i++) mine[socket[i]]
    own = sprintf("%04X", own)
  }
  count > 0 && !($10 in mine) || $8 != uid { next }
  $4 == "01" && substr($3, length($3) - 3) in broker { print "broker", $10 }
  $4 == "0A" && substr($2, length($2) - 3) == own { print "listens" }')
now=$(echo "$table" | sed -n 's/^broker //p')
seen=$(sed -n "s/^$started //p" "$memory" 2>/dev/null)
for connection in $seen; do
  echo "$now" | grep -qx "$connection" && continue
  echo "a connection to a Danube broker ended, and with it consumers and producers of this connector"
  exit 1
done
if [ -z "$now" ]; then
  echo "not connected to a Danube broker at $authority"
  exit 1
fi
echo "$started" $now >"$memory.new" && mv "$memory.new" "$memory"
if [ -n "$listening" ] && ! echo "$table" | grep -qx listens; then
  echo "nothing listens on port $listening"
  exit 1
fi