{{/* A name that fits every kind: long or unusual ones are cut and end in a checksum. */}}
{{- define "admin.prefix" -}}
{{- if and (le (len .) 36) (regexMatch "^[a-z]([a-z0-9-]*[a-z0-9])?$" .) }}
{{- . }}
{{- else }}
{{- $cut := printf "%s-%s" (. | replace "." "-" | trunc 26 | trimSuffix "-") (sha256sum . | trunc 8) }}
{{- ternary $cut (printf "r%s" $cut) (regexMatch "^[a-z]" .) }}
{{- end }}
{{- end }}

{{- define "admin.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- include "admin.prefix" .Values.fullnameOverride }}
{{- else if .Values.nameOverride }}
{{- include "admin.prefix" (printf "%s-%s" .Release.Name .Values.nameOverride) }}
{{- else }}
{{- include "admin.prefix" .Release.Name }}
{{- end }}
{{- end }}

{{- define "admin.name" -}}
{{- include "admin.fullname" . }}-danube-admin
{{- end }}

{{- define "admin.selectorLabels" -}}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{- define "admin.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name (.Chart.Version | replace "+" "_") | quote }}
{{ include "admin.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
app.kubernetes.io/part-of: danube
{{- with include "admin.ownLabels" .Values.commonLabels }}
{{ . }}
{{- end }}
{{- end }}

{{/* Labels of users, without those that the chart sets. */}}
{{- define "admin.ownLabels" -}}
{{- with omit . "helm.sh/chart" "app.kubernetes.io/name" "app.kubernetes.io/instance" "app.kubernetes.io/version" "app.kubernetes.io/managed-by" "app.kubernetes.io/part-of" "app.kubernetes.io/component" }}
{{- toYaml . }}
{{- end }}
{{- end }}

{{- define "admin.image" -}}
{{- $repository := .image.repository }}
{{- if .registry }}
{{- $repository = printf "%s/%s" .registry (regexReplaceAll "^([^/]*[.:][^/]*|localhost)/" $repository "") }}
{{- end }}
{{- if .image.digest }}
{{- printf "%s@%s" $repository .image.digest }}
{{- else }}
{{- printf "%s:%s" $repository .image.tag }}
{{- end }}
{{- end }}

{{- define "admin.serviceAccountName" -}}
{{- default (ternary .made "default" .create) .name }}
{{- end }}

{{- define "admin.anyAddress" -}}
{{- ternary "[::]" "0.0.0.0" (has "IPv6" .Values.ipFamilies) }}
{{- end }}

{{/* A Service of danube-core and its port. */}}
{{- define "admin.coreUrl" -}}
{{- $root := .root }}
{{- $core := include "admin.prefix" (default $root.Release.Name $root.Values.core.releaseName) }}
{{- $namespace := default $root.Release.Namespace $root.Values.core.namespace }}
{{- printf "http://%s-%s.%s.svc.%s:%d" $core .service $namespace $root.Values.clusterDomain (int .port) }}
{{- end }}

{{- define "admin.brokerEndpoint" -}}
{{- with .Values.admin.config.brokerEndpoint }}
{{- ternary . (printf "http://%s" .) (regexMatch "^https?://" .) }}
{{- else }}
{{- include "admin.coreUrl" (dict "root" . "service" "danube-broker" "port" .Values.core.adminPort) }}
{{- end }}
{{- end }}

{{- define "admin.prometheusUrl" -}}
{{- with .Values.admin.config.prometheusUrl }}
{{- . }}
{{- else }}
{{- include "admin.coreUrl" (dict "root" . "service" "prometheus" "port" .Values.core.prometheusPort) }}
{{- end }}
{{- end }}

{{/* The port of a URL, or that of its scheme. */}}
{{- define "admin.portOf" -}}
{{- if regexMatch "^https?://[^/:]+:[1-9][0-9]{0,4}(/|$)" . }}
{{- regexReplaceAll "^https?://[^/:]+:|/.*$" . "" }}
{{- else }}
{{- ternary "443" "80" (hasPrefix "https://" .) }}
{{- end }}
{{- end }}

{{- define "admin.nginx" -}}
worker_processes 1;
pid /tmp/nginx.pid;
error_log stderr warn;
daemon off;

events {
  worker_connections 1024;
}

http {
  access_log /dev/stdout;
  server_tokens off;
  sendfile on;
  client_body_temp_path /tmp/client_body;
  proxy_temp_path /tmp/proxy;
  fastcgi_temp_path /tmp/fastcgi;
  uwsgi_temp_path /tmp/uwsgi;
  scgi_temp_path /tmp/scgi;

  default_type application/octet-stream;
  types {
    text/html html;
    text/css css;
    text/plain txt;
    application/javascript js mjs;
    application/json json map;
    application/manifest+json webmanifest;
    image/svg+xml svg;
    image/png png;
    image/jpeg jpg jpeg;
    image/webp webp;
    image/x-icon ico;
    font/woff woff;
    font/woff2 woff2;
  }

  gzip on;
  gzip_types text/css application/javascript application/json image/svg+xml;

  # The names of assets hold a hash of their content; the page that names them does not.
  map $uri $cache_control {
    default no-cache;
    ~^/assets/ "public, max-age=31536000, immutable";
    ~^/ui/ no-store;
  }

  server {
    listen 8080;
{{- if eq (include "admin.anyAddress" .) "[::]" }}
    listen [::]:8080;
{{- end }}
    root /usr/share/nginx/html;
    index index.html;
    absolute_redirect off;

    set $policy '';
    add_header Cache-Control $cache_control;
    add_header X-Content-Type-Options nosniff always;
    add_header X-Frame-Options DENY always;
    add_header Referrer-Policy same-origin always;
    set $policy "${policy}default-src 'self'; ";
    set $policy "${policy}style-src 'self' 'unsafe-inline' https://fonts.googleapis.com; ";
    set $policy "${policy}font-src 'self' data: https://fonts.gstatic.com; ";
    set $policy "${policy}img-src 'self' data:; ";
    set $policy "${policy}object-src 'none'; ";
    set $policy "${policy}base-uri 'self'; ";
    set $policy "${policy}form-action 'self'; ";
    set $policy "${policy}frame-ancestors 'none'; ";
    add_header Content-Security-Policy $policy always;

    location = /healthz {
      access_log off;
      default_type text/plain;
      return 200 "ok\n";
    }

    location /ui/ {
      proxy_pass http://{{ include "admin.name" . }}.{{ .Release.Namespace }}.svc.{{ .Values.clusterDomain }}:{{ .Values.admin.service.port | int }};
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      # A password for the Ingress is not for the server.
      proxy_set_header Authorization "";
      proxy_connect_timeout 5s;
      proxy_read_timeout 60s;
      # The server lets pages of any origin in; only ours need it.
      proxy_hide_header Access-Control-Allow-Origin;
      proxy_hide_header Access-Control-Allow-Credentials;
      proxy_hide_header Access-Control-Allow-Headers;
      proxy_hide_header Access-Control-Allow-Methods;
    }

    sub_filter_types application/javascript;
    sub_filter_once off;
    sub_filter http://localhost:8080 '';

    location /assets/ {
      try_files $uri =404;
    }

    # Any other address is one of the router in the page.
    location / {
      try_files $uri /index.html;
    }
  }
}
{{- end }}
