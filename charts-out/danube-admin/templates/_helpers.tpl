{{/*
A prefix for names that is valid for every kind: long or unusual release names
are cut and end in a checksum, so that they stay unique.
*/}}
{{- define "danube-admin.prefix" -}}
{{- if and (le (len .name) 36) (regexMatch "^[a-z][a-z0-9-]*$" .name) }}
{{- .name }}
{{- else if regexMatch "^[a-z]" .name }}
{{- printf "%s-%s" (.name | replace "." "-" | trunc 26 | trimSuffix "-") (.name | sha256sum | trunc 8) }}
{{- else }}
{{- printf "r%s-%s" (.name | replace "." "-" | trunc 26 | trimSuffix "-") (.name | sha256sum | trunc 8) }}
{{- end }}
{{- end }}

{{/*
What the names of all objects start with.
*/}}
{{- define "danube-admin.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- include "danube-admin.prefix" (dict "name" .Values.fullnameOverride) }}
{{- else if .Values.nameOverride }}
{{- include "danube-admin.prefix" (dict "name" (printf "%s-%s" .Release.Name .Values.nameOverride)) }}
{{- else }}
{{- include "danube-admin.prefix" (dict "name" .Release.Name) }}
{{- end }}
{{- end }}

{{/*
Labels that select pods. They must never change.
*/}}
{{- define "danube-admin.selectorLabels" -}}
app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/*
Labels of every object.
*/}}
{{- define "danube-admin.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name (.Chart.Version | replace "+" "_") | quote }}
{{- include "danube-admin.selectorLabels" . | nindent 0 }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
app.kubernetes.io/part-of: danube
{{- with omit .Values.commonLabels "helm.sh/chart" "app.kubernetes.io/name" "app.kubernetes.io/instance"
    "app.kubernetes.io/version" "app.kubernetes.io/managed-by" "app.kubernetes.io/part-of"
    "app.kubernetes.io/component" }}
{{- toYaml . | nindent 0 }}
{{- end }}
{{- end }}

{{/*
An image without tag, from the mirror registry if there is one.
*/}}
{{- define "danube-admin.repository" -}}
{{- if .registry }}
{{- printf "%s/%s" .registry (regexReplaceAll "^([^/]*[.:][^/]*|localhost)/" .image.repository "") }}
{{- else }}
{{- .image.repository }}
{{- end }}
{{- end }}

{{/*
The reference of an image: by its digest if it has one, else by its tag.
*/}}
{{- define "danube-admin.image" -}}
{{- if .image.digest }}
{{- printf "%s@%s" (include "danube-admin.repository" (dict "image" .image "registry" .registry)) .image.digest }}
{{- else }}
{{- printf "%s:%s" (include "danube-admin.repository" (dict "image" .image "registry" .registry)) .image.tag }}
{{- end }}
{{- end }}

{{/*
The service account of a component: one that is made, or one by name.
*/}}
{{- define "danube-admin.serviceAccountName" -}}
{{- if .serviceAccount.create }}
{{- .serviceAccount.name | default .made }}
{{- else }}
{{- .serviceAccount.name | default "default" }}
{{- end }}
{{- end }}

{{/*
What the names of the objects of danube-core start with.
*/}}
{{- define "danube-admin.corePrefix" -}}
{{- include "danube-admin.prefix" (dict "name" (.Values.core.releaseName | default .Release.Name)) }}
{{- end }}

{{/*
The admin port of the brokers.
*/}}
{{- define "danube-admin.brokerEndpoint" -}}
{{- if .Values.admin.config.brokerEndpoint }}
{{- if regexMatch "^https?://" .Values.admin.config.brokerEndpoint }}
{{- .Values.admin.config.brokerEndpoint }}
{{- else }}
{{- printf "http://%s" .Values.admin.config.brokerEndpoint }}
{{- end }}
{{- else }}
{{- printf "http://%s-danube-broker.%s.svc.%s:%d" (include "danube-admin.corePrefix" .)
    (.Values.core.namespace | default .Release.Namespace) .Values.clusterDomain (int .Values.core.adminPort) }}
{{- end }}
{{- end }}

{{/*
The Prometheus server that scrapes the brokers.
*/}}
{{- define "danube-admin.prometheusUrl" -}}
{{- if .Values.admin.config.prometheusUrl }}
{{- .Values.admin.config.prometheusUrl }}
{{- else }}
{{- printf "http://%s-prometheus.%s.svc.%s:%d" (include "danube-admin.corePrefix" .)
    (.Values.core.namespace | default .Release.Namespace) .Values.clusterDomain (int .Values.core.prometheusPort) }}
{{- end }}
{{- end }}

{{/*
What is wrong with objectLabels: is set for every object already.
*/}}
{{- define "danube-admin.repeatedLabels" -}}
{{- range $key, $value := .Values.objectLabels }}
{{- range $key2, $value2 := $value }}
{{- if or (has $key2 (list "helm.sh/chart" "app.kubernetes.io/name" "app.kubernetes.io/instance"
    "app.kubernetes.io/version" "app.kubernetes.io/managed-by" "app.kubernetes.io/part-of"
    "app.kubernetes.io/component")) (hasKey $.Values.commonLabels $key2) }}
{{ $key }}.{{ $key2 }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with admin.extraEnv: is set already, by the chart or its env, and cannot be there twice.
*/}}
{{- define "danube-admin.admin.repeatedVariables" -}}
{{- range $envItem := .Values.admin.extraEnv }}
{{- if hasKey $.Values.admin.env $envItem.name }}
{{ $envItem.name }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with adminUI.extraEnv: is set already, by the chart or its env, and cannot be there twice.
*/}}
{{- define "danube-admin.adminUI.repeatedVariables" -}}
{{- range $envItem := .Values.adminUI.extraEnv }}
{{- if hasKey $.Values.adminUI.env $envItem.name }}
{{ $envItem.name }}
{{- end }}
{{- end }}
{{- end }}

{{/*
The address that programs listen on.
*/}}
{{- define "danube-admin.anyAddress" -}}
{{- if has "IPv6" .Values.ipFamilies }}
{{- "[::]" }}
{{- else }}
{{- "0.0.0.0" }}
{{- end }}
{{- end }}

{{/*
The admin server of this release, for the web interface.
*/}}
{{- define "danube-admin.adminAddress" -}}
{{- printf "%s-danube-admin.%s.svc.%s:%d" (include "danube-admin.fullname" .) .Release.Namespace .Values.clusterDomain
    (int .Values.admin.service.port) }}
{{- end }}

{{/*
nginx.conf
*/}}
{{- define "danube-admin.adminUIConfig" -}}
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
{{- if eq (include "danube-admin.anyAddress" .) "[::]" }}
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
      proxy_pass http://{{ include "danube-admin.adminAddress" . }};
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
