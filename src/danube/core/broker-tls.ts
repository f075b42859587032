/** Where the broker's certificate is mounted: tls.crt, tls.key and ca.crt. */
export const TLS_DIRECTORY = '/etc/danube/tls';
