{{/*
A prefix for names that is valid for every kind: long or unusual release names
are cut and end in a checksum, so that they stay unique.
*/}}
{{- define "danube-connector-clickhouse.prefix" -}}
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
{{- define "danube-connector-clickhouse.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- include "danube-connector-clickhouse.prefix" (dict "name" .Values.fullnameOverride) }}
{{- else if .Values.nameOverride }}
{{- include "danube-connector-clickhouse.prefix" (dict "name" (printf "%s-%s" .Release.Name .Values.nameOverride)) }}
{{- else }}
{{- include "danube-connector-clickhouse.prefix" (dict "name" .Release.Name) }}
{{- end }}
{{- end }}

{{/*
Labels that select pods. They must never change.
*/}}
{{- define "danube-connector-clickhouse.selectorLabels" -}}
app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/*
Labels of every object.
*/}}
{{- define "danube-connector-clickhouse.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name (.Chart.Version | replace "+" "_") | quote }}
{{- include "danube-connector-clickhouse.selectorLabels" . | nindent 0 }}
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
{{- define "danube-connector-clickhouse.repository" -}}
{{- if .registry }}
{{- printf "%s/%s" .registry (regexReplaceAll "^([^/]*[.:][^/]*|localhost)/" .image.repository "") }}
{{- else }}
{{- .image.repository }}
{{- end }}
{{- end }}

{{/*
The reference of an image: by its digest if it has one, else by its tag.
*/}}
{{- define "danube-connector-clickhouse.image" -}}
{{- if .image.digest }}
{{- printf "%s@%s" (include "danube-connector-clickhouse.repository" (dict "image" .image "registry" .registry))
    .image.digest }}
{{- else }}
{{- printf "%s:%s" (include "danube-connector-clickhouse.repository" (dict "image" .image "registry" .registry))
    .image.tag }}
{{- end }}
{{- end }}

{{/*
The service account of a component: one that is made, or one by name.
*/}}
{{- define "danube-connector-clickhouse.serviceAccountName" -}}
{{- if .serviceAccount.create }}
{{- .serviceAccount.name | default .made }}
{{- else }}
{{- .serviceAccount.name | default "default" }}
{{- end }}
{{- end }}

{{/*
Name of the Deployment of the connector.
*/}}
{{- define "danube-connector-clickhouse.connectorName" -}}
{{- printf "%s-connector-%s" (include "danube-connector-clickhouse.fullname" .)
    (.Chart.Name | trimPrefix "danube-connector-") }}
{{- end }}

{{/*
What the names of the objects of danube-core start with.
*/}}
{{- define "danube-connector-clickhouse.corePrefix" -}}
{{- include "danube-connector-clickhouse.prefix" (dict "name" (.Values.core.releaseName | default .Release.Name)) }}
{{- end }}

{{/*
The client port of the brokers.
*/}}
{{- define "danube-connector-clickhouse.serviceUrl" -}}
{{- if .Values.connector.config.danube_service_url }}
{{- .Values.connector.config.danube_service_url }}
{{- else }}
{{- printf "http://%s-danube-broker.%s.svc.%s:%d" (include "danube-connector-clickhouse.corePrefix" .)
    (.Values.core.namespace | default .Release.Namespace) .Values.clusterDomain (int .Values.core.clientPort) }}
{{- end }}
{{- end }}

{{/*
The admin port of the brokers.
*/}}
{{- define "danube-connector-clickhouse.adminUrl" -}}
{{- if .Values.connector.config.danube_service_url }}
{{- printf "%s:%d" (regexReplaceAll ":[0-9]+$" .Values.connector.config.danube_service_url "")
    (int .Values.core.adminPort) }}
{{- else }}
{{- printf "http://%s-danube-broker.%s.svc.%s:%d" (include "danube-connector-clickhouse.corePrefix" .)
    (.Values.core.namespace | default .Release.Namespace) .Values.clusterDomain (int .Values.core.adminPort) }}
{{- end }}
{{- end }}

{{/*
What is wrong with objectLabels: is set for every object already.
*/}}
{{- define "danube-connector-clickhouse.repeatedLabels" -}}
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
The milliseconds of a time of one number and one unit.
*/}}
{{- define "danube-connector-clickhouse.milliseconds" -}}
{{- if hasSuffix "ms" .time }}
{{- regexReplaceAll "[a-z]+$" .time "" | int | toString }}
{{- else if hasSuffix "m" .time }}
{{- mul (regexReplaceAll "[a-z]+$" .time "" | int) 60000 | toString }}
{{- else if hasSuffix "h" .time }}
{{- mul (regexReplaceAll "[a-z]+$" .time "" | int) 3600000 | toString }}
{{- else if hasSuffix "d" .time }}
{{- mul (regexReplaceAll "[a-z]+$" .time "" | int) 86400000 | toString }}
{{- else }}
{{- mul (regexReplaceAll "[a-z]+$" .time "" | int) 1000 | toString }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.extraEnv: is set already, by the chart or its env, and cannot be there twice.
*/}}
{{- define "danube-connector-clickhouse.connector.repeatedVariables" -}}
{{- range $envItem := .Values.connector.extraEnv }}
{{- if or (hasKey $.Values.connector.env $envItem.name)
    (has $envItem.name (list "CONNECTOR_CONFIG_PATH" "DANUBE_SERVICE_URL" "CONNECTOR_NAME")) }}
{{ $envItem.name }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.clickhouse.routes: has a subscription that only one of several pods would get messages of.
*/}}
{{- define "danube-connector-clickhouse.routesOfOnePod" -}}
{{- range $route := .Values.connector.config.clickhouse.routes }}
{{- if not (or (le (int $.Values.connector.replicaCount) 1) (eq (dig "subscription_type" "Shared" $route) "Shared")) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.clickhouse.routes: has schema_mode explicit without columns, or columns without it.
*/}}
{{- define "danube-connector-clickhouse.routesWithoutColumns" -}}
{{- range $route := .Values.connector.config.clickhouse.routes }}
{{- if not (or (and (eq (dig "schema_mode" "passthrough" $route) "explicit") (not (kindIs "invalid" $route.columns)))
    (and (ne (dig "schema_mode" "passthrough" $route) "explicit") (kindIs "invalid" $route.columns))) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.clickhouse.routes: makes its table without knowing the columns.
*/}}
{{- define "danube-connector-clickhouse.tablesWithoutColumns" -}}
{{- range $route := .Values.connector.config.clickhouse.routes }}
{{- if not (or (not (dig "auto_create_table" false $route))
    (ne (dig "schema_mode" "passthrough" $route) "passthrough")) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.clickhouse.routes: makes its table without a sorting key.
*/}}
{{- define "danube-connector-clickhouse.tablesWithoutOrder" -}}
{{- range $route := .Values.connector.config.clickhouse.routes }}
{{- if not (or (not (dig "auto_create_table" false $route)) (not (kindIs "invalid" $route.order_by))) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.clickhouse.routes: says how to make a table, and makes none.
*/}}
{{- define "danube-connector-clickhouse.keysWithoutTable" -}}
{{- range $route := .Values.connector.config.clickhouse.routes }}
{{- if not (or (dig "auto_create_table" false $route)
    (not (or (ne (dig "engine" "MergeTree" $route) "MergeTree") (not (kindIs "invalid" $route.order_by))
    (not (kindIs "invalid" $route.primary_key)) (ne (dig "partition_by" "none" $route) "none")
    (not (kindIs "invalid" $route.ttl_column)) (not (kindIs "invalid" $route.on_cluster))
    (not (kindIs "invalid" $route.table_settings))))) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.clickhouse.routes: has partition_by that does not go with partition_column or partition_expression.
*/}}
{{- define "danube-connector-clickhouse.partitionsWithoutKey" -}}
{{- range $route := .Values.connector.config.clickhouse.routes }}
{{- if not (and (or (and (or (eq (dig "partition_by" "none" $route) "none")
    (eq (dig "partition_by" "none" $route) "expression")) (kindIs "invalid" $route.partition_column))
    (and (not (or (eq (dig "partition_by" "none" $route) "none") (eq (dig "partition_by" "none" $route) "expression")))
    (not (kindIs "invalid" $route.partition_column))))
    (or (and (eq (dig "partition_by" "none" $route) "expression") (not (kindIs "invalid" $route.partition_expression)))
    (and (ne (dig "partition_by" "none" $route) "expression") (kindIs "invalid" $route.partition_expression)))) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.clickhouse.routes: has one of ttl_column and ttl_days.
*/}}
{{- define "danube-connector-clickhouse.ttlWithoutHalf" -}}
{{- range $route := .Values.connector.config.clickhouse.routes }}
{{- if not (or (and (not (kindIs "invalid" $route.ttl_column)) (not (kindIs "invalid" $route.ttl_days)))
    (not (or (not (kindIs "invalid" $route.ttl_column)) (not (kindIs "invalid" $route.ttl_days))))) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
The configuration of the connector.
*/}}
{{- define "danube-connector-clickhouse.config" -}}
danube_service_url = {{ include "danube-connector-clickhouse.serviceUrl" . | toJson }}
connector_name = {{ .Values.connector.config.connector_name | default
    (include "danube-connector-clickhouse.connectorName" .) | toJson }}

[retry]
max_retries = {{ .Values.connector.config.retry.max_retries | int }}
retry_backoff_ms = {{ .Values.connector.config.retry.retry_backoff_ms | int }}
max_backoff_ms = {{ .Values.connector.config.retry.max_backoff_ms | int }}

[processing]
batch_size = {{ .Values.connector.config.processing.batch_size | int }}
metrics_port = {{ .Values.connector.metricsPort | int }}
batch_timeout_ms = {{ .Values.connector.config.processing.batch_timeout_ms | int }}
health_check_interval_ms = {{ .Values.connector.config.processing.health_check_interval_ms | int }}
health_check_failure_threshold = {{ .Values.connector.config.processing.health_check_failure_threshold | int }}

[clickhouse]
{{- if .Values.connector.config.clickhouse.url }}
url = {{ .Values.connector.config.clickhouse.url | toJson }}
{{- end }}
database = {{ .Values.connector.config.clickhouse.database | toJson }}
{{- if .Values.connector.config.clickhouse.username }}
username = {{ .Values.connector.config.clickhouse.username | toJson }}
{{- end }}
{{- if .Values.connector.config.clickhouse.roles }}
roles = {{ .Values.connector.config.clickhouse.roles | toJson }}
{{- end }}
compression = {{ .Values.connector.config.clickhouse.compression | toJson }}
{{- if not (kindIs "invalid" .Values.connector.config.clickhouse.compression_level) }}
compression_level = {{ .Values.connector.config.clickhouse.compression_level | int }}
{{- end }}
send_timeout_secs = {{ .Values.connector.config.clickhouse.send_timeout_secs | int }}
insert_timeout_secs = {{ .Values.connector.config.clickhouse.insert_timeout_secs | int }}
max_insert_rows = {{ .Values.connector.config.clickhouse.max_insert_rows | int }}
max_insert_bytes = {{ .Values.connector.config.clickhouse.max_insert_bytes | int }}
max_concurrent_inserts = {{ .Values.connector.config.clickhouse.max_concurrent_inserts | int }}

[clickhouse.tls]
insecure_skip_verify = {{ .Values.connector.config.clickhouse.tls.insecure_skip_verify }}
{{- if .Values.connector.certificates.caSecret }}
ca_cert_path = {{ printf "/etc/danube-connector/ca/%s" .Values.connector.certificates.caKey | toJson }}
{{- end }}
{{- if .Values.connector.certificates.clientSecret }}
client_cert_path = {{ printf "/etc/danube-connector/client/%s" .Values.connector.certificates.certKey | toJson }}
client_key_path = {{ printf "/etc/danube-connector/client/%s" .Values.connector.certificates.keyKey | toJson }}
{{- end }}

[clickhouse.async_insert]
enabled = {{ .Values.connector.config.clickhouse.async_insert.enabled }}
wait = {{ .Values.connector.config.clickhouse.async_insert.wait }}
wait_timeout_secs = {{ .Values.connector.config.clickhouse.async_insert.wait_timeout_secs | int }}
max_data_size = {{ .Values.connector.config.clickhouse.async_insert.max_data_size | int }}
busy_timeout_ms = {{ .Values.connector.config.clickhouse.async_insert.busy_timeout_ms | int }}
busy_timeout_min_ms = {{ .Values.connector.config.clickhouse.async_insert.busy_timeout_min_ms | int }}
adaptive_busy_timeout = {{ .Values.connector.config.clickhouse.async_insert.adaptive_busy_timeout }}
max_query_number = {{ .Values.connector.config.clickhouse.async_insert.max_query_number | int }}
deduplicate = {{ .Values.connector.config.clickhouse.async_insert.deduplicate }}
{{- if .Values.connector.config.clickhouse.settings }}

[clickhouse.settings]
{{- range $key, $value := .Values.connector.config.clickhouse.settings }}
{{ $key | toJson }} = {{ $value | toJson }}
{{- end }}
{{- end }}
{{- range $route := .Values.connector.config.clickhouse.routes }}

[[clickhouse.routes]]
from = {{ $route.from | toJson }}
subscription = {{ $route.subscription | toJson }}
{{- if $route.expected_schema_subject }}
expected_schema_subject = {{ $route.expected_schema_subject | toJson }}
{{- end }}
subscription_type = {{ dig "subscription_type" "Shared" $route | toJson }}
include_danube_metadata = {{ dig "include_danube_metadata" true $route }}
on_invalid = {{ dig "on_invalid" "fail" $route | toJson }}
to = {{ $route.to | toJson }}
schema_mode = {{ dig "schema_mode" "passthrough" $route | toJson }}
unknown_fields = {{ dig "unknown_fields" "ignore" $route | toJson }}
datetime_parsing = {{ dig "datetime_parsing" "best_effort" $route | toJson }}
null_as_default = {{ dig "null_as_default" true $route }}
metadata_prefix = {{ dig "metadata_prefix" "_danube_" $route | toJson }}
deduplication_token = {{ dig "deduplication_token" "batch_hash" $route | toJson }}
{{- if not (kindIs "invalid" $route.async_insert) }}
async_insert = {{ $route.async_insert }}
{{- end }}
auto_create_table = {{ dig "auto_create_table" false $route }}
engine = {{ dig "engine" "MergeTree" $route | toJson }}
{{- if $route.order_by }}
order_by = {{ $route.order_by | toJson }}
{{- end }}
{{- if $route.primary_key }}
primary_key = {{ $route.primary_key | toJson }}
{{- end }}
partition_by = {{ dig "partition_by" "none" $route | toJson }}
{{- if $route.partition_column }}
partition_column = {{ $route.partition_column | toJson }}
{{- end }}
{{- if $route.partition_expression }}
partition_expression = {{ $route.partition_expression | toJson }}
{{- end }}
{{- if $route.ttl_column }}
ttl_column = {{ $route.ttl_column | toJson }}
{{- end }}
{{- if not (kindIs "invalid" $route.ttl_days) }}
ttl_days = {{ $route.ttl_days | int }}
{{- end }}
{{- if $route.on_cluster }}
on_cluster = {{ $route.on_cluster | toJson }}
{{- end }}
{{- range $column := $route.columns }}

[[clickhouse.routes.columns]]
json_path = {{ $column.json_path | toJson }}
column = {{ $column.column | toJson }}
type = {{ $column.type | toJson }}
nullable = {{ dig "nullable" false $column }}
{{- if $column.default }}
default = {{ $column.default | toJson }}
{{- end }}
{{- if $column.codec }}
codec = {{ $column.codec | toJson }}
{{- end }}
{{- end }}
{{- if $route.table_settings }}

[clickhouse.routes.table_settings]
{{- range $key, $value := $route.table_settings }}
{{ $key | toJson }} = {{ $value | toJson }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/*
The steps of the bootstrap Job, in their order.
*/}}
{{- define "danube-connector-clickhouse.connector.bootstrap.plan" -}}
{{- range $namespace := .Values.bootstrap.namespaces }}
namespace {{ $namespace }}
{{- end }}
{{- range $key, $value := .Values.bootstrap.schemas }}
schema {{ $key }} {{ dig "type" "json_schema" $value }} {{ dig "compatibility" "backward" $value }}
{{- end }}
{{- range $key, $value := .Values.bootstrap.topics }}
topic {{ $key }} {{ dig "partitions" 0 $value | int }} {{ dig "dispatchStrategy" "non_reliable" $value }}
{{- end }}
{{- range $key, $value := .Values.bootstrap.topics }}
{{- if $value.schema }}
topic_schema {{ $key }} {{ ($value.schema).subject }} {{ dig "validationPolicy" "warn" $value.schema }} {{ ternary
    "payload" "no_payload" (dig "payloadValidation" false $value.schema) }}
{{- end }}
{{- end }}
{{- end }}

{{/*
All that the bootstrap Job is made of: a Job cannot change.
*/}}
{{- define "danube-connector-clickhouse.connector.bootstrap.content" -}}
chart: {{ .Chart.Version | toJson }}
bootstrap: {{ .Values.bootstrap | toJson }}
image: {{ include "danube-connector-clickhouse.image"
    (dict "image" .Values.bootstrap.image "registry" .Values.global.imageRegistry) | toJson }}
imagePullSecrets: {{ .Values.global.imagePullSecrets | toJson }}
labels:
  app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name | toJson }}
  app.kubernetes.io/instance: {{ .Release.Name | toJson }}
  app.kubernetes.io/component: connector-bootstrap
  app.kubernetes.io/part-of: danube
  {{- range $key, $value := omit (merge (dict) .Values.bootstrap.podLabels .Values.commonLabels) "helm.sh/chart"
      "app.kubernetes.io/name" "app.kubernetes.io/instance" "app.kubernetes.io/version" "app.kubernetes.io/managed-by"
      "app.kubernetes.io/part-of" "app.kubernetes.io/component" }}
  {{ $key | toJson }}: {{ $value | toJson }}
  {{- end }}
platformAssignedIds: {{ .Values.platformAssignedIds }}
adminUrl: {{ include "danube-connector-clickhouse.adminUrl" . | toJson }}
brokerHosts: {{ ternary "" (printf "%s-danube-broker-headless.%s.svc.%s"
    (include "danube-connector-clickhouse.corePrefix" .) (.Values.core.namespace | default .Release.Namespace)
    .Values.clusterDomain) (not (empty .Values.connector.config.danube_service_url)) | toJson }}
{{- end }}

{{/*
The name of the bootstrap Job: other content is another Job.
*/}}
{{- define "danube-connector-clickhouse.connector.bootstrap.jobName" -}}
{{- printf "%s-bootstrap-%s" (include "danube-connector-clickhouse.prefix"
    (dict "name" (include "danube-connector-clickhouse.connectorName" .)))
    (include "danube-connector-clickhouse.connector.bootstrap.content" . | sha256sum | trunc 8) }}
{{- end }}

{{/*
What is wrong with connector.config.clickhouse.routes: is read by two routes, and only the last of them would get its messages.
*/}}
{{- define "danube-connector-clickhouse.routesOfOneTopic" -}}
{{- range $index, $route := .Values.connector.config.clickhouse.routes }}
{{- range $index2, $route2 := $.Values.connector.config.clickhouse.routes }}
{{- if and (lt (int $index) (int $index2)) (eq $route.from $route2.from) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
