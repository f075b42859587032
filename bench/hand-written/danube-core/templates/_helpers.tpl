{{/* A name that fits every kind: long or unusual ones are cut and end in a checksum. */}}
{{- define "core.prefix" -}}
{{- if and (le (len .) 36) (regexMatch "^[a-z]([a-z0-9-]*[a-z0-9])?$" .) }}
{{- . }}
{{- else }}
{{- $cut := printf "%s-%s" (. | replace "." "-" | trunc 26 | trimSuffix "-") (sha256sum . | trunc 8) }}
{{- ternary $cut (printf "r%s" $cut) (regexMatch "^[a-z]" .) }}
{{- end }}
{{- end }}

{{- define "core.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- include "core.prefix" .Values.fullnameOverride }}
{{- else if .Values.nameOverride }}
{{- include "core.prefix" (printf "%s-%s" .Release.Name .Values.nameOverride) }}
{{- else }}
{{- include "core.prefix" .Release.Name }}
{{- end }}
{{- end }}

{{- define "core.selectorLabels" -}}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{- define "core.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name (.Chart.Version | replace "+" "_") | quote }}
{{ include "core.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
app.kubernetes.io/part-of: danube
{{- with include "core.ownLabels" .Values.commonLabels }}
{{ . }}
{{- end }}
{{- end }}

{{/* Labels of users, without those that the chart sets. */}}
{{- define "core.ownLabels" -}}
{{- with omit . "helm.sh/chart" "app.kubernetes.io/name" "app.kubernetes.io/instance" "app.kubernetes.io/version" "app.kubernetes.io/managed-by" "app.kubernetes.io/part-of" "app.kubernetes.io/component" }}
{{- toYaml . }}
{{- end }}
{{- end }}

{{- define "core.serviceAccountName" -}}
{{- default (ternary .made "default" .create) .name }}
{{- end }}

{{- define "core.maxBrokers" -}}
{{- ternary .hpa.maxReplicas .replicaCount .hpa.enabled | int }}
{{- end }}

{{- define "core.brokerPorts" -}}
- name: client
  port: {{ .ports.client | int }}
  targetPort: client
  appProtocol: {{ ternary "https" "kubernetes.io/h2c" (eq .config.auth.mode "tls") }}
- name: admin
  port: {{ .ports.admin | int }}
  targetPort: admin
  appProtocol: kubernetes.io/h2c
- name: prometheus
  port: {{ .ports.prometheus | int }}
  targetPort: prometheus
{{- end }}
