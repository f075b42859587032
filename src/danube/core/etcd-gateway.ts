/**
 * A bash function that asks etcd by its JSON gateway: `ask_etcd <path> <body>` prints the answer
 * with its HTTP headers, or nothing. The images with a shell have neither curl nor etcdctl.
 */
export const ASK_ETCD = `\
ask_etcd() {
  timeout "\${ETCD_TIMEOUT:-2}" bash -c '
    exec 3<>"/dev/tcp/$ETCD_HOST/$ETCD_PORT"
    printf "POST %s HTTP/1.0\\r\\nContent-Type: application/json\\r\\n" "$1" >&3
    printf "Content-Length: %d\\r\\n\\r\\n%s" "\${#2}" "$2" >&3
    cat <&3
  ' bash "$1" "$2" 2>/dev/null
}
`;

/** `etcd_is_healthy`: whether etcd has a quorum, as its client port says. */
export const ETCD_IS_HEALTHY = `\
etcd_is_healthy() {
  timeout "\${ETCD_TIMEOUT:-2}" bash -c '
    exec 3<>"/dev/tcp/$ETCD_HOST/$ETCD_PORT"
    printf "GET /health HTTP/1.0\\r\\n\\r\\n" >&3
    grep -q "\\"health\\":\\"true\\"" <&3
  ' 2>/dev/null
}
`;
