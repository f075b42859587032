{{/*
A prefix for names that is valid for every kind: long or unusual release names
are cut and end in a checksum, so that they stay unique.
*/}}
{{- define "danube-connector-deltalake.prefix" -}}
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
{{- define "danube-connector-deltalake.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- include "danube-connector-deltalake.prefix" (dict "name" .Values.fullnameOverride) }}
{{- else if .Values.nameOverride }}
{{- include "danube-connector-deltalake.prefix" (dict "name" (printf "%s-%s" .Release.Name .Values.nameOverride)) }}
{{- else }}
{{- include "danube-connector-deltalake.prefix" (dict "name" .Release.Name) }}
{{- end }}
{{- end }}

{{/*
Labels that select pods. They must never change.
*/}}
{{- define "danube-connector-deltalake.selectorLabels" -}}
app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/*
Labels of every object.
*/}}
{{- define "danube-connector-deltalake.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name (.Chart.Version | replace "+" "_") | quote }}
{{- include "danube-connector-deltalake.selectorLabels" . | nindent 0 }}
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
{{- define "danube-connector-deltalake.repository" -}}
{{- if .registry }}
{{- printf "%s/%s" .registry (regexReplaceAll "^([^/]*[.:][^/]*|localhost)/" .image.repository "") }}
{{- else }}
{{- .image.repository }}
{{- end }}
{{- end }}

{{/*
The reference of an image: by its digest if it has one, else by its tag.
*/}}
{{- define "danube-connector-deltalake.image" -}}
{{- if .image.digest }}
{{- printf "%s@%s" (include "danube-connector-deltalake.repository" (dict "image" .image "registry" .registry))
    .image.digest }}
{{- else }}
{{- printf "%s:%s" (include "danube-connector-deltalake.repository" (dict "image" .image "registry" .registry))
    .image.tag }}
{{- end }}
{{- end }}

{{/*
The service account of a component: one that is made, or one by name.
*/}}
{{- define "danube-connector-deltalake.serviceAccountName" -}}
{{- if .serviceAccount.create }}
{{- .serviceAccount.name | default .made }}
{{- else }}
{{- .serviceAccount.name | default "default" }}
{{- end }}
{{- end }}

{{/*
Name of the Deployment of the connector.
*/}}
{{- define "danube-connector-deltalake.connectorName" -}}
{{- printf "%s-connector-%s" (include "danube-connector-deltalake.fullname" .)
    (.Chart.Name | trimPrefix "danube-connector-") }}
{{- end }}

{{/*
What the names of the objects of danube-core start with.
*/}}
{{- define "danube-connector-deltalake.corePrefix" -}}
{{- include "danube-connector-deltalake.prefix" (dict "name" (.Values.core.releaseName | default .Release.Name)) }}
{{- end }}

{{/*
The client port of the brokers.
*/}}
{{- define "danube-connector-deltalake.serviceUrl" -}}
{{- if .Values.connector.config.danube_service_url }}
{{- .Values.connector.config.danube_service_url }}
{{- else }}
{{- printf "http://%s-danube-broker.%s.svc.%s:%d" (include "danube-connector-deltalake.corePrefix" .)
    (.Values.core.namespace | default .Release.Namespace) .Values.clusterDomain (int .Values.core.clientPort) }}
{{- end }}
{{- end }}

{{/*
The admin port of the brokers.
*/}}
{{- define "danube-connector-deltalake.adminUrl" -}}
{{- if .Values.connector.config.danube_service_url }}
{{- printf "%s:%d" (regexReplaceAll ":[0-9]+$" .Values.connector.config.danube_service_url "")
    (int .Values.core.adminPort) }}
{{- else }}
{{- printf "http://%s-danube-broker.%s.svc.%s:%d" (include "danube-connector-deltalake.corePrefix" .)
    (.Values.core.namespace | default .Release.Namespace) .Values.clusterDomain (int .Values.core.adminPort) }}
{{- end }}
{{- end }}

{{/*
What is wrong with objectLabels: is set for every object already.
*/}}
{{- define "danube-connector-deltalake.repeatedLabels" -}}
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
{{- define "danube-connector-deltalake.milliseconds" -}}
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
{{- define "danube-connector-deltalake.connector.repeatedVariables" -}}
{{- range $envItem := .Values.connector.extraEnv }}
{{- if or (hasKey $.Values.connector.env $envItem.name)
    (has $envItem.name (list "CONNECTOR_CONFIG_PATH" "DANUBE_SERVICE_URL" "CONNECTOR_NAME")) }}
{{ $envItem.name }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.deltalake.routes: is no URL of the storage_backend, and one connector has one storage.
*/}}
{{- define "danube-connector-deltalake.tablesElsewhere" -}}
{{- range $route := .Values.connector.config.deltalake.routes }}
{{- if not (or (and (eq $.Values.connector.config.deltalake.storage_backend "s3") (regexMatch "^s3a?:" $route.to))
    (and (eq $.Values.connector.config.deltalake.storage_backend "azure")
    (regexMatch "^(az|adl|azure|abfss?):" $route.to))
    (and (eq $.Values.connector.config.deltalake.storage_backend "gcs") (hasPrefix "gs:" $route.to))) }}
{{ $route.to }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.deltalake.routes: has write_mode overwrite, which has no effect: the sink always appends.
*/}}
{{- define "danube-connector-deltalake.overwritingRoutes" -}}
{{- range $route := .Values.connector.config.deltalake.routes }}
{{- if eq (dig "write_mode" "append" $route) "overwrite" }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.deltalake.routes: has batch_size or flush_interval_ms, which configVersion 0.3 has for all routes only.
*/}}
{{- define "danube-connector-deltalake.batchesOfRoutes" -}}
{{- range $route := .Values.connector.config.deltalake.routes }}
{{- if not (or (eq $.Values.connector.configVersion "0.2")
    (not (or (not (kindIs "invalid" $route.batch_size)) (not (kindIs "invalid" $route.flush_interval_ms))))) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.deltalake.routes: has data_type Date32 or Date64, with which the sink ends at its first message.
*/}}
{{- define "danube-connector-deltalake.columnsOfDates" -}}
{{- range $route := .Values.connector.config.deltalake.routes }}
{{- range $fieldmapping := $route.field_mappings }}
{{- if hasPrefix "Date" $fieldmapping.data_type }}
{{ $fieldmapping.column }} of {{ $route.from }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.deltalake.routes: has data_type UInt or Timestamp, which do not fit tables that the sink makes.
*/}}
{{- define "danube-connector-deltalake.columnsOfUnsafeTypes" -}}
{{- range $route := .Values.connector.config.deltalake.routes }}
{{- range $fieldmapping := $route.field_mappings }}
{{- if and (not $.Values.connector.allowUnsafeDataTypes) (regexMatch "^(UInt|Timestamp)" $fieldmapping.data_type) }}
{{ $fieldmapping.column }} of {{ $route.from }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.deltalake.routes: is a column twice; capitals make no difference.
*/}}
{{- define "danube-connector-deltalake.columnsTwice" -}}
{{- range $route := .Values.connector.config.deltalake.routes }}
{{- range $index2, $fieldmapping := $route.field_mappings }}
{{- range $index3, $fieldmapping2 := $route.field_mappings }}
{{- if and (lt (int $index2) (int $index3)) (eq ($fieldmapping.column | lower) ($fieldmapping2.column | lower)) }}
{{ $fieldmapping2.column }} of {{ $route.from }}
{{- end }}
{{- end }}
{{- if and (dig "include_danube_metadata" false $route) (eq $fieldmapping.column "_danube_metadata") }}
{{ $fieldmapping.column }} of {{ $route.from }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/*
The configuration of the connector.
*/}}
{{- define "danube-connector-deltalake.config" -}}
danube_service_url = {{ include "danube-connector-deltalake.serviceUrl" . | toJson }}
connector_name = {{ .Values.connector.config.connector_name | default
    (include "danube-connector-deltalake.connectorName" .) | toJson }}

[retry]
max_retries = {{ .Values.connector.config.retry.max_retries | int }}
retry_backoff_ms = {{ .Values.connector.config.retry.retry_backoff_ms | int }}
max_backoff_ms = {{ .Values.connector.config.retry.max_backoff_ms | int }}

[processing]
batch_size = {{ .Values.connector.config.processing.batch_size | int }}
{{- if ne .Values.connector.configVersion "0.2" }}
metrics_port = {{ .Values.connector.metricsPort | int }}
{{- end }}
batch_timeout_ms = {{ .Values.connector.config.processing.batch_timeout_ms | int }}
{{- if ne .Values.connector.configVersion "0.2" }}
health_check_interval_ms = {{ .Values.connector.config.processing.health_check_interval_ms | int }}
health_check_failure_threshold = {{ .Values.connector.config.processing.health_check_failure_threshold | int }}
{{- end }}

[deltalake]
storage_backend = {{ .Values.connector.config.deltalake.storage_backend | toJson }}
{{- if .Values.connector.config.deltalake.s3_region }}
s3_region = {{ .Values.connector.config.deltalake.s3_region | toJson }}
{{- end }}
{{- if .Values.connector.config.deltalake.s3_endpoint }}
s3_endpoint = {{ .Values.connector.config.deltalake.s3_endpoint | toJson }}
{{- end }}
{{- if eq .Values.connector.config.deltalake.storage_backend "s3" }}
s3_allow_http = {{ .Values.connector.config.deltalake.s3_allow_http }}
{{- end }}
{{- if eq .Values.connector.configVersion "0.2" }}
batch_size = {{ .Values.connector.config.processing.batch_size | int }}
flush_interval_ms = {{ .Values.connector.config.processing.batch_timeout_ms | int }}
{{- end }}
{{- if .Values.connector.config.deltalake.azure_storage_account }}
azure_storage_account = {{ .Values.connector.config.deltalake.azure_storage_account | toJson }}
{{- end }}
{{- if .Values.connector.config.deltalake.azure_container }}
azure_container = {{ .Values.connector.config.deltalake.azure_container | toJson }}
{{- end }}
{{- if .Values.connector.config.deltalake.gcp_project_id }}
gcp_project_id = {{ .Values.connector.config.deltalake.gcp_project_id | toJson }}
{{- end }}
{{- if and (eq .Values.connector.configVersion "0.2") .Values.connector.config.deltalake.routes }}
{{- range $route := .Values.connector.config.deltalake.routes }}

[[deltalake.topic_mappings]]
topic = {{ $route.from | toJson }}
subscription = {{ $route.subscription | toJson }}
{{- if $route.expected_schema_subject }}
expected_schema_subject = {{ $route.expected_schema_subject | toJson }}
{{- end }}
delta_table_path = {{ $route.to | toJson }}
write_mode = {{ dig "write_mode" "append" $route | toJson }}
include_danube_metadata = {{ dig "include_danube_metadata" false $route }}
{{- if not (kindIs "invalid" $route.batch_size) }}
batch_size = {{ $route.batch_size | int }}
{{- end }}
{{- if not (kindIs "invalid" $route.flush_interval_ms) }}
flush_interval_ms = {{ $route.flush_interval_ms | int }}
{{- end }}
{{- range $fieldmapping := $route.field_mappings }}

[[deltalake.topic_mappings.field_mappings]]
json_path = {{ $fieldmapping.json_path | toJson }}
column = {{ $fieldmapping.column | toJson }}
data_type = {{ $fieldmapping.data_type | toJson }}
nullable = {{ dig "nullable" true $fieldmapping }}
{{- end }}
{{- end }}
{{- end }}
{{- if and (ne .Values.connector.configVersion "0.2") .Values.connector.config.deltalake.routes }}
{{- range $route := .Values.connector.config.deltalake.routes }}

[[deltalake.routes]]
from = {{ $route.from | toJson }}
subscription = {{ $route.subscription | toJson }}
{{- if $route.expected_schema_subject }}
expected_schema_subject = {{ $route.expected_schema_subject | toJson }}
{{- end }}
to = {{ $route.to | toJson }}
write_mode = {{ dig "write_mode" "append" $route | toJson }}
include_danube_metadata = {{ dig "include_danube_metadata" false $route }}
{{- if not (kindIs "invalid" $route.batch_size) }}
batch_size = {{ $route.batch_size | int }}
{{- end }}
{{- if not (kindIs "invalid" $route.flush_interval_ms) }}
flush_interval_ms = {{ $route.flush_interval_ms | int }}
{{- end }}
{{- range $fieldmapping := $route.field_mappings }}

[[deltalake.routes.field_mappings]]
json_path = {{ $fieldmapping.json_path | toJson }}
column = {{ $fieldmapping.column | toJson }}
data_type = {{ $fieldmapping.data_type | toJson }}
nullable = {{ dig "nullable" true $fieldmapping }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/*
The steps of the bootstrap Job, in their order.
*/}}
{{- define "danube-connector-deltalake.connector.bootstrap.plan" -}}
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
{{- define "danube-connector-deltalake.connector.bootstrap.content" -}}
chart: {{ .Chart.Version | toJson }}
bootstrap: {{ .Values.bootstrap | toJson }}
image: {{ include "danube-connector-deltalake.image"
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
adminUrl: {{ include "danube-connector-deltalake.adminUrl" . | toJson }}
brokerHosts: {{ ternary "" (printf "%s-danube-broker-headless.%s.svc.%s"
    (include "danube-connector-deltalake.corePrefix" .) (.Values.core.namespace | default .Release.Namespace)
    .Values.clusterDomain) (not (empty .Values.connector.config.danube_service_url)) | toJson }}
{{- end }}

{{/*
The name of the bootstrap Job: other content is another Job.
*/}}
{{- define "danube-connector-deltalake.connector.bootstrap.jobName" -}}
{{- printf "%s-bootstrap-%s" (include "danube-connector-deltalake.prefix"
    (dict "name" (include "danube-connector-deltalake.connectorName" .)))
    (include "danube-connector-deltalake.connector.bootstrap.content" . | sha256sum | trunc 8) }}
{{- end }}

{{/*
What is wrong with connector.config.deltalake.routes: is read by two routes, and only the last of them would get its messages.
*/}}
{{- define "danube-connector-deltalake.routesOfOneTopic" -}}
{{- range $index, $route := .Values.connector.config.deltalake.routes }}
{{- range $index2, $route2 := $.Values.connector.config.deltalake.routes }}
{{- if and (lt (int $index) (int $index2)) (eq $route.from $route2.from) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
