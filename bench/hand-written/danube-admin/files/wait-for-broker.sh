address=${BROKER_ENDPOINT#*://}
reachable() {
  timeout 5 bash -c 'exec 3<>"/dev/tcp/${0%:*}/${0##*:}"' "$address" 2>/dev/null
}
until reachable; do
  echo "waiting for the admin port of a Danube broker at $address (without one the server would exit)"
  sleep 2
done
echo "the admin port of a Danube broker answers at $address"