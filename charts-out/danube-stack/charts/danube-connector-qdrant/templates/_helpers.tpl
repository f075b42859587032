{{/*
A prefix for names that is valid for every kind: long or unusual release names
are cut and end in a checksum, so that they stay unique.
*/}}
{{- define "danube-connector-qdrant.prefix" -}}
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
{{- define "danube-connector-qdrant.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- include "danube-connector-qdrant.prefix" (dict "name" .Values.fullnameOverride) }}
{{- else if .Values.nameOverride }}
{{- include "danube-connector-qdrant.prefix" (dict "name" (printf "%s-%s" .Release.Name .Values.nameOverride)) }}
{{- else }}
{{- include "danube-connector-qdrant.prefix" (dict "name" .Release.Name) }}
{{- end }}
{{- end }}

{{/*
Labels that select pods. They must never change.
*/}}
{{- define "danube-connector-qdrant.selectorLabels" -}}
app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/*
Labels of every object.
*/}}
{{- define "danube-connector-qdrant.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name (.Chart.Version | replace "+" "_") | quote }}
{{- include "danube-connector-qdrant.selectorLabels" . | nindent 0 }}
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
{{- define "danube-connector-qdrant.repository" -}}
{{- if .registry }}
{{- printf "%s/%s" .registry (regexReplaceAll "^([^/]*[.:][^/]*|localhost)/" .image.repository "") }}
{{- else }}
{{- .image.repository }}
{{- end }}
{{- end }}

{{/*
The reference of an image: by its digest if it has one, else by its tag.
*/}}
{{- define "danube-connector-qdrant.image" -}}
{{- if .image.digest }}
{{- printf "%s@%s" (include "danube-connector-qdrant.repository" (dict "image" .image "registry" .registry))
    .image.digest }}
{{- else }}
{{- printf "%s:%s" (include "danube-connector-qdrant.repository" (dict "image" .image "registry" .registry))
    .image.tag }}
{{- end }}
{{- end }}

{{/*
The service account of a component: one that is made, or one by name.
*/}}
{{- define "danube-connector-qdrant.serviceAccountName" -}}
{{- if .serviceAccount.create }}
{{- .serviceAccount.name | default .made }}
{{- else }}
{{- .serviceAccount.name | default "default" }}
{{- end }}
{{- end }}

{{/*
Name of the Deployment of the connector.
*/}}
{{- define "danube-connector-qdrant.connectorName" -}}
{{- printf "%s-connector-%s" (include "danube-connector-qdrant.fullname" .)
    (.Chart.Name | trimPrefix "danube-connector-") }}
{{- end }}

{{/*
What the names of the objects of danube-core start with.
*/}}
{{- define "danube-connector-qdrant.corePrefix" -}}
{{- include "danube-connector-qdrant.prefix" (dict "name" (.Values.core.releaseName | default .Release.Name)) }}
{{- end }}

{{/*
The client port of the brokers.
*/}}
{{- define "danube-connector-qdrant.serviceUrl" -}}
{{- if .Values.connector.config.danube_service_url }}
{{- .Values.connector.config.danube_service_url }}
{{- else }}
{{- printf "http://%s-danube-broker.%s.svc.%s:%d" (include "danube-connector-qdrant.corePrefix" .)
    (.Values.core.namespace | default .Release.Namespace) .Values.clusterDomain (int .Values.core.clientPort) }}
{{- end }}
{{- end }}

{{/*
The admin port of the brokers.
*/}}
{{- define "danube-connector-qdrant.adminUrl" -}}
{{- if .Values.connector.config.danube_service_url }}
{{- printf "%s:%d" (regexReplaceAll ":[0-9]+$" .Values.connector.config.danube_service_url "")
    (int .Values.core.adminPort) }}
{{- else }}
{{- printf "http://%s-danube-broker.%s.svc.%s:%d" (include "danube-connector-qdrant.corePrefix" .)
    (.Values.core.namespace | default .Release.Namespace) .Values.clusterDomain (int .Values.core.adminPort) }}
{{- end }}
{{- end }}

{{/*
What is wrong with objectLabels: is set for every object already.
*/}}
{{- define "danube-connector-qdrant.repeatedLabels" -}}
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
{{- define "danube-connector-qdrant.milliseconds" -}}
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
{{- define "danube-connector-qdrant.connector.repeatedVariables" -}}
{{- range $envItem := .Values.connector.extraEnv }}
{{- if or (hasKey $.Values.connector.env $envItem.name)
    (has $envItem.name (list "CONNECTOR_CONFIG_PATH" "DANUBE_SERVICE_URL" "CONNECTOR_NAME")) }}
{{ $envItem.name }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.qdrant.routes: has batch_size or batch_timeout_ms, which configVersion 0.3 has for all routes only.
*/}}
{{- define "danube-connector-qdrant.batchesOfRoutes" -}}
{{- range $route := .Values.connector.config.qdrant.routes }}
{{- if not (or (eq $.Values.connector.configVersion "0.2")
    (not (or (not (kindIs "invalid" $route.batch_size)) (not (kindIs "invalid" $route.batch_timeout_ms))))) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
The configuration of the connector.
*/}}
{{- define "danube-connector-qdrant.config" -}}
danube_service_url = {{ include "danube-connector-qdrant.serviceUrl" . | toJson }}
connector_name = {{ .Values.connector.config.connector_name | default
    (include "danube-connector-qdrant.connectorName" .) | toJson }}

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

[qdrant]
{{- if .Values.connector.config.qdrant.url }}
url = {{ .Values.connector.config.qdrant.url | toJson }}
{{- end }}
timeout_secs = {{ .Values.connector.config.qdrant.timeout_secs | int }}
{{- if eq .Values.connector.configVersion "0.2" }}
batch_size = {{ .Values.connector.config.processing.batch_size | int }}
batch_timeout_ms = {{ .Values.connector.config.processing.batch_timeout_ms | int }}
{{- if .Values.connector.config.qdrant.routes }}
{{- range $route := .Values.connector.config.qdrant.routes }}

[[qdrant.topic_mappings]]
topic = {{ $route.from | toJson }}
subscription = {{ $route.subscription | toJson }}
{{- if $route.expected_schema_subject }}
expected_schema_subject = {{ $route.expected_schema_subject | toJson }}
{{- end }}
subscription_type = {{ dig "subscription_type" "Exclusive" $route | toJson }}
collection_name = {{ $route.to | toJson }}
vector_dimension = {{ $route.vector_dimension | int }}
distance = {{ dig "distance" "Cosine" $route | toJson }}
auto_create_collection = {{ dig "auto_create_collection" true $route }}
include_danube_metadata = {{ dig "include_danube_metadata" true $route }}
{{- if not (kindIs "invalid" $route.batch_size) }}
batch_size = {{ $route.batch_size | int }}
{{- end }}
{{- if not (kindIs "invalid" $route.batch_timeout_ms) }}
batch_timeout_ms = {{ $route.batch_timeout_ms | int }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- if and (ne .Values.connector.configVersion "0.2") .Values.connector.config.qdrant.routes }}
{{- range $route := .Values.connector.config.qdrant.routes }}

[[qdrant.routes]]
from = {{ $route.from | toJson }}
subscription = {{ $route.subscription | toJson }}
{{- if $route.expected_schema_subject }}
expected_schema_subject = {{ $route.expected_schema_subject | toJson }}
{{- end }}
subscription_type = {{ dig "subscription_type" "Exclusive" $route | toJson }}
to = {{ $route.to | toJson }}
vector_dimension = {{ $route.vector_dimension | int }}
distance = {{ dig "distance" "Cosine" $route | toJson }}
auto_create_collection = {{ dig "auto_create_collection" true $route }}
include_danube_metadata = {{ dig "include_danube_metadata" true $route }}
{{- if not (kindIs "invalid" $route.batch_size) }}
batch_size = {{ $route.batch_size | int }}
{{- end }}
{{- if not (kindIs "invalid" $route.batch_timeout_ms) }}
batch_timeout_ms = {{ $route.batch_timeout_ms | int }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/*
The steps of the bootstrap Job, in their order.
*/}}
{{- define "danube-connector-qdrant.connector.bootstrap.plan" -}}
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
{{- define "danube-connector-qdrant.connector.bootstrap.content" -}}
chart: {{ .Chart.Version | toJson }}
bootstrap: {{ .Values.bootstrap | toJson }}
image: {{ include "danube-connector-qdrant.image"
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
adminUrl: {{ include "danube-connector-qdrant.adminUrl" . | toJson }}
brokerHosts: {{ ternary "" (printf "%s-danube-broker-headless.%s.svc.%s"
    (include "danube-connector-qdrant.corePrefix" .) (.Values.core.namespace | default .Release.Namespace)
    .Values.clusterDomain) (not (empty .Values.connector.config.danube_service_url)) | toJson }}
{{- end }}

{{/*
The name of the bootstrap Job: other content is another Job.
*/}}
{{- define "danube-connector-qdrant.connector.bootstrap.jobName" -}}
{{- printf "%s-bootstrap-%s" (include "danube-connector-qdrant.prefix"
    (dict "name" (include "danube-connector-qdrant.connectorName" .)))
    (include "danube-connector-qdrant.connector.bootstrap.content" . | sha256sum | trunc 8) }}
{{- end }}

{{/*
What is wrong with connector.config.qdrant.routes: is read by two routes, and only the last of them would get its messages.
*/}}
{{- define "danube-connector-qdrant.routesOfOneTopic" -}}
{{- range $index, $route := .Values.connector.config.qdrant.routes }}
{{- range $index2, $route2 := $.Values.connector.config.qdrant.routes }}
{{- if and (lt (int $index) (int $index2)) (eq $route.from $route2.from) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
