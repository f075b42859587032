{{/* A name that fits every kind: long or unusual ones are cut and end in a checksum. */}}
{{- define "connector.prefix" -}}
{{- if and (le (len .) 36) (regexMatch "^[a-z]([a-z0-9-]*[a-z0-9])?$" .) }}
{{- . }}
{{- else }}
{{- $cut := printf "%s-%s" (. | replace "." "-" | trunc 26 | trimSuffix "-") (sha256sum . | trunc 8) }}
{{- ternary $cut (printf "r%s" $cut) (regexMatch "^[a-z]" .) }}
{{- end }}
{{- end }}

{{- define "connector.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- include "connector.prefix" .Values.fullnameOverride }}
{{- else if .Values.nameOverride }}
{{- include "connector.prefix" (printf "%s-%s" .Release.Name .Values.nameOverride) }}
{{- else }}
{{- include "connector.prefix" .Release.Name }}
{{- end }}
{{- end }}

{{- define "connector.name" -}}
{{- printf "%s-connector-%s" (include "connector.fullname" .) (trimPrefix "danube-connector-" .Chart.Name) }}
{{- end }}

{{- define "connector.selectorLabels" -}}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/component: connector
{{- end }}

{{- define "connector.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name (.Chart.Version | replace "+" "_") | quote }}
{{ include "connector.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
app.kubernetes.io/part-of: danube
{{- with include "connector.ownLabels" .Values.commonLabels }}
{{ . }}
{{- end }}
{{- end }}

{{/* Labels of users, without those that the chart sets. */}}
{{- define "connector.ownLabels" -}}
{{- with omit . "helm.sh/chart" "app.kubernetes.io/name" "app.kubernetes.io/instance" "app.kubernetes.io/version" "app.kubernetes.io/managed-by" "app.kubernetes.io/part-of" "app.kubernetes.io/component" }}
{{- toYaml . }}
{{- end }}
{{- end }}

{{- define "connector.image" -}}
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

{{- define "connector.serviceAccountName" -}}
{{- with .Values.connector.serviceAccount }}
{{- if .create }}
{{- default (include "connector.name" $) .name }}
{{- else }}
{{- default "default" .name }}
{{- end }}
{{- end }}
{{- end }}

{{- define "connector.brokerHost" -}}
{{- $core := include "connector.prefix" (default .Release.Name .Values.core.releaseName) }}
{{- $namespace := default .Release.Namespace .Values.core.namespace }}
{{- printf "http://%s-danube-broker.%s.svc.%s" $core $namespace .Values.clusterDomain }}
{{- end }}

{{- define "connector.serviceUrl" -}}
{{- if .Values.connector.config.danube_service_url }}
{{- .Values.connector.config.danube_service_url }}
{{- else }}
{{- printf "%s:%d" (include "connector.brokerHost" .) (int .Values.core.clientPort) }}
{{- end }}
{{- end }}

{{- define "connector.adminUrl" -}}
{{- $host := regexReplaceAll ":[0-9]+$" .Values.connector.config.danube_service_url "" }}
{{- printf "%s:%d" (default (include "connector.brokerHost" .) $host) (int .Values.core.adminPort) }}
{{- end }}

{{/* The port of a URL, or that of its scheme. */}}
{{- define "connector.portOf" -}}
{{- if regexMatch "^https?://[^/:]+:[1-9][0-9]{0,4}(/|$)" . }}
{{- regexReplaceAll "^https?://[^/:]+:|/.*$" . "" }}
{{- else }}
{{- ternary "443" "80" (hasPrefix "https://" .) }}
{{- end }}
{{- end }}

{{- define "connector.config" -}}
{{- $old := eq .Values.connector.configVersion "0.2" }}
{{- with .Values.connector.config -}}
danube_service_url = {{ include "connector.serviceUrl" $ | toJson }}
connector_name = {{ default (include "connector.name" $) .connector_name | toJson }}

[retry]
max_retries = {{ .retry.max_retries | int }}
retry_backoff_ms = {{ .retry.retry_backoff_ms | int }}
max_backoff_ms = {{ .retry.max_backoff_ms | int }}

[processing]
batch_size = {{ .processing.batch_size | int }}
{{- if not $old }}
metrics_port = {{ $.Values.connector.metricsPort | int }}
{{- end }}
batch_timeout_ms = {{ .processing.batch_timeout_ms | int }}
{{- if not $old }}
health_check_interval_ms = {{ .processing.health_check_interval_ms | int }}
health_check_failure_threshold = {{ .processing.health_check_failure_threshold | int }}
{{- end }}

[qdrant]
{{- with .qdrant.url }}
url = {{ toJson . }}
{{- end }}
timeout_secs = {{ .qdrant.timeout_secs | int }}
{{- if $old }}
batch_size = {{ .processing.batch_size | int }}
batch_timeout_ms = {{ .processing.batch_timeout_ms | int }}
{{- end }}
{{- range .qdrant.routes }}

[[qdrant.{{ ternary "topic_mappings" "routes" $old }}]]
{{ ternary "topic" "from" $old }} = {{ toJson .from }}
subscription = {{ toJson .subscription }}
{{- with .expected_schema_subject }}
expected_schema_subject = {{ toJson . }}
{{- end }}
subscription_type = {{ dig "subscription_type" "Exclusive" . | toJson }}
{{ ternary "collection_name" "to" $old }} = {{ toJson .to }}
vector_dimension = {{ .vector_dimension | int }}
distance = {{ dig "distance" "Cosine" . | toJson }}
auto_create_collection = {{ dig "auto_create_collection" true . }}
include_danube_metadata = {{ dig "include_danube_metadata" true . }}
{{- if not (kindIs "invalid" .batch_size) }}
batch_size = {{ .batch_size | int }}
{{- end }}
{{- if not (kindIs "invalid" .batch_timeout_ms) }}
batch_timeout_ms = {{ .batch_timeout_ms | int }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/* Asks whether the connector has its connections to brokers. */}}
{{- define "connector.probe" -}}
{{- with .Values.connector.brokerConnections }}
exec:
  command:
    - /bin/sh
    - /etc/danube-connector/config/connections.sh
    - {{ include "connector.serviceUrl" $ | quote }}
    - ""
    {{- range .ports }}
    - {{ . | int | quote }}
    {{- end }}
{{- end }}
{{- end }}
