import { eq, str, textLines, when, type Expr, type ChartPart } from '../../helm/index';

/** The port of nginx in the pod: anyone may open one above 1023. */
export const UI_PORT = 8080;

/** Where the build of the pages left its addresses: the browser would call its own machine. */
const BAKED_ADDRESS = 'http://localhost:8080';

/** The pages load their fonts from Google, and nothing else from elsewhere. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline' https://fonts.googleapis.com",
  "font-src 'self' data: https://fonts.gstatic.com",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
];

/**
 * Defines the template of nginx.conf for the image of the web interface. It is the whole
 * configuration: it needs nothing of the image but the pages, listens without privileges and
 * writes below /tmp only.
 *
 * The pages call the address that was baked into them (facts on Danube, 4). It is taken out of
 * them as they are served, so that they call the server that they came from, which passes the
 * calls on to the admin server.
 */
export function nginxConfigTemplate(
  chart: ChartPart,
  adminAddress: Expr<string>,
  anyAddress: Expr<string>,
): Expr<string> {
  const file = textLines([
    'worker_processes 1;',
    'pid /tmp/nginx.pid;',
    'error_log stderr warn;',
    'daemon off;',
    '',
    'events {',
    '  worker_connections 1024;',
    '}',
    '',
    'http {',
    '  access_log /dev/stdout;',
    '  server_tokens off;',
    '  sendfile on;',
    '  client_body_temp_path /tmp/client_body;',
    '  proxy_temp_path /tmp/proxy;',
    '  fastcgi_temp_path /tmp/fastcgi;',
    '  uwsgi_temp_path /tmp/uwsgi;',
    '  scgi_temp_path /tmp/scgi;',
    '',
    '  default_type application/octet-stream;',
    '  types {',
    '    text/html html;',
    '    text/css css;',
    '    text/plain txt;',
    '    application/javascript js mjs;',
    '    application/json json map;',
    '    application/manifest+json webmanifest;',
    '    image/svg+xml svg;',
    '    image/png png;',
    '    image/jpeg jpg jpeg;',
    '    image/webp webp;',
    '    image/x-icon ico;',
    '    font/woff woff;',
    '    font/woff2 woff2;',
    '  }',
    '',
    '  gzip on;',
    '  gzip_types text/css application/javascript application/json image/svg+xml;',
    '',
    '  # The names of assets hold a hash of their content; the page that names them does not.',
    '  map $uri $cache_control {',
    '    default no-cache;',
    '    ~^/assets/ "public, max-age=31536000, immutable";',
    '    ~^/ui/ no-store;',
    '  }',
    '',
    '  server {',
    `    listen ${UI_PORT};`,
    when(eq(anyAddress, '[::]'), [`    listen [::]:${UI_PORT};`]),
    '    root /usr/share/nginx/html;',
    '    index index.html;',
    '    absolute_redirect off;',
    '',
    `    set $policy '';`,
    '    add_header Cache-Control $cache_control;',
    '    add_header X-Content-Type-Options nosniff always;',
    '    add_header X-Frame-Options DENY always;',
    '    add_header Referrer-Policy same-origin always;',
    ...CONTENT_SECURITY_POLICY.map((directive) => `    set $policy "\${policy}${directive}; ";`),
    '    add_header Content-Security-Policy $policy always;',
    '',
    '    location = /healthz {',
    '      access_log off;',
    '      default_type text/plain;',
    '      return 200 "ok\\n";',
    '    }',
    '',
    '    location /ui/ {',
    str`      proxy_pass http://${adminAddress};`,
    '      proxy_http_version 1.1;',
    '      proxy_set_header Connection "";',
    '      # A password for the Ingress is not for the server.',
    '      proxy_set_header Authorization "";',
    '      proxy_connect_timeout 5s;',
    '      proxy_read_timeout 60s;',
    '      # The server lets pages of any origin in; only ours need it.',
    '      proxy_hide_header Access-Control-Allow-Origin;',
    '      proxy_hide_header Access-Control-Allow-Credentials;',
    '      proxy_hide_header Access-Control-Allow-Headers;',
    '      proxy_hide_header Access-Control-Allow-Methods;',
    '    }',
    '',
    '    sub_filter_types application/javascript;',
    '    sub_filter_once off;',
    `    sub_filter ${BAKED_ADDRESS} '';`,
    '',
    '    location /assets/ {',
    '      try_files $uri =404;',
    '    }',
    '',
    '    # Any other address is one of the router in the page.',
    '    location / {',
    '      try_files $uri /index.html;',
    '    }',
    '  }',
    '}',
  ]);
  return chart.textTemplate('adminUIConfig', file, { description: 'nginx.conf' });
}
