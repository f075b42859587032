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

{{- define "core.image" -}}
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

{{- define "core.imagePullSecrets" -}}
{{- with .Values.global.imagePullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . | quote }}
  {{- end }}
{{- end }}
{{- end }}

{{/* Call with the root and the values of the component. */}}
{{- define "core.podSecurityContext" -}}
runAsNonRoot: true
{{- if not .root.Values.platformAssignedIds }}
{{- with .pod.podSecurityContext }}
runAsUser: {{ .runAsUser | int }}
runAsGroup: {{ .runAsGroup | int }}
fsGroup: {{ .fsGroup | int }}
{{- end }}
{{- end }}
fsGroupChangePolicy: OnRootMismatch
{{- $own := default dict .pod.podOverrides.securityContext }}
{{- with omit $own "seccompProfile" }}
{{ toYaml . }}
{{- end }}
seccompProfile:
  {{- default (dict "type" "RuntimeDefault") $own.seccompProfile | toYaml | nindent 2 }}
{{- end }}

{{- define "core.containerSecurityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop:
    - ALL
{{- end }}

{{/* Keeps the pods of a component apart, on nodes and in zones. */}}
{{- define "core.spreading" -}}
{{- $labels := printf "%s\napp.kubernetes.io/component: %s" (include "core.selectorLabels" .root) .component }}
{{- with .pod }}
{{- if .affinity }}
affinity:
  {{- toYaml .affinity | nindent 2 }}
{{- else if eq .antiAffinity "soft" }}
affinity:
  podAntiAffinity:
    preferredDuringSchedulingIgnoredDuringExecution:
      - weight: 100
        podAffinityTerm:
          topologyKey: kubernetes.io/hostname
          labelSelector:
            matchLabels:
              {{- $labels | nindent 14 }}
{{- else if eq .antiAffinity "hard" }}
affinity:
  podAntiAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
      - topologyKey: kubernetes.io/hostname
        labelSelector:
          matchLabels:
            {{- $labels | nindent 12 }}
{{- end }}
{{- if .topologySpreadConstraints }}
topologySpreadConstraints:
  {{- toYaml .topologySpreadConstraints | nindent 2 }}
{{- else if ne .zoneSpread "none" }}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: topology.kubernetes.io/zone
    whenUnsatisfiable: {{ ternary "DoNotSchedule" "ScheduleAnyway" (eq .zoneSpread "hard") }}
    labelSelector:
      matchLabels:
        {{- $labels | nindent 8 }}
{{- end }}
{{- end }}
{{- end }}

{{/* The volume of each pod of a StatefulSet. */}}
{{- define "core.volumeClaimTemplates" -}}
{{- with .pod.persistence }}
{{- if and .enabled (not .existingClaim) }}
persistentVolumeClaimRetentionPolicy:
  {{- toYaml .retentionPolicy | nindent 2 }}
volumeClaimTemplates:
  - apiVersion: v1
    kind: PersistentVolumeClaim
    metadata:
      name: data
      labels:
        {{- include "core.selectorLabels" $.root | nindent 8 }}
        app.kubernetes.io/component: {{ $.component }}
      {{- with .annotations }}
      annotations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
    spec:
      accessModes:
        {{- toYaml .accessModes | nindent 8 }}
      {{- with default $.root.Values.global.storageClass .storageClass }}
      storageClassName: {{ ternary "" . (eq . "-") | quote }}
      {{- end }}
      resources:
        requests:
          storage: {{ .size | quote }}
{{- end }}
{{- end }}
{{- end }}

{{- define "core.anyAddress" -}}
{{- ternary "[::]" "0.0.0.0" (has "IPv6" .Values.ipFamilies) }}
{{- end }}

{{- define "core.etcdService" -}}
{{- printf "%s-etcd.%s.svc.%s" (include "core.fullname" .) .Release.Namespace .Values.clusterDomain }}
{{- end }}

{{- define "core.etcdHost" -}}
{{- if .Values.etcd.enabled }}
{{- include "core.etcdService" . }}
{{- else }}
{{- .Values.etcd.external.host }}
{{- end }}
{{- end }}

{{- define "core.etcdPort" -}}
{{- with .Values.etcd }}
{{- ternary .service.port .external.port .enabled | int }}
{{- end }}
{{- end }}

{{- define "core.etcdMembersDomain" -}}
{{- $domain := default .Values.clusterDomain .Values.etcd.cluster.domain }}
{{- printf "%s-etcd-headless.%s.svc.%s" (include "core.fullname" .) .Release.Namespace $domain }}
{{- end }}

{{- define "core.etcdPeerScheme" -}}
{{- ternary "http" "https" (eq .peerTLS.mode "off") }}
{{- end }}

{{- define "core.etcdPeerPort" -}}
{{- ternary .service.peerPort .peerTLS.port (eq .peerTLS.mode "off") | int }}
{{- end }}

{{/* Where clients find a broker. Its pod fills in the placeholders that are left. */}}
{{- define "core.advertisedAddress" -}}
{{- $template := "{podName}.{headlessService}.{namespace}.svc.{clusterDomain}:{port}" }}
{{- with .Values.broker.externalAccess }}
{{- if .advertisedAddrTemplate }}
{{- $template = .advertisedAddrTemplate }}
{{- else if eq .type "NodePort" }}
{{- $template = "{nodeIP}:{nodePort}" }}
{{- else if eq .type "LoadBalancer" }}
{{- $template = "{loadBalancer}:{port}" }}
{{- end }}
{{- end }}
{{- $template = replace "{headlessService}" (printf "%s-danube-broker-headless" (include "core.fullname" .)) $template }}
{{- $template = replace "{namespace}" .Release.Namespace $template }}
{{- $template = replace "{clusterDomain}" .Values.clusterDomain $template }}
{{- replace "{port}" (.Values.broker.ports.client | int | toString) $template }}
{{- end }}

{{- define "core.dnsEgress" -}}
{{- with .Values.networkPolicy.dns }}
{{- if or .peers .ports }}
-
  {{- with .peers }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .ports }}
  ports:
    {{- $ports := . }}
    {{- range $protocol := list "UDP" "TCP" }}
    {{- range $ports }}
    - protocol: {{ $protocol }}
      port: {{ . | int }}
    {{- end }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/* To object stores, at the port of the endpoint too if it names one. */}}
{{- define "core.objectStoreEgress" -}}
{{- $ownPort := regexFind "^https?://[^/:]+:[1-9][0-9]{0,4}(/|$)" .endpoint }}
{{- with .root.Values.networkPolicy.objectStores }}
{{- if or .peers .ports $ownPort }}
-
  {{- with .peers }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- if or .ports $ownPort }}
  ports:
    {{- range .ports }}
    - protocol: TCP
      port: {{ . | int }}
    {{- end }}
    {{- if $ownPort }}
    - protocol: TCP
      port: {{ regexReplaceAll "^https?://[^/:]+:|/.*$" $ownPort "" | int }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/* To the services of clouds that tell pods who they are. */}}
{{- define "core.cloudIdentityEgress" -}}
- to:
    - ipBlock:
        cidr: 169.254.169.254/32
    - ipBlock:
        cidr: 169.254.169.252/32
    - ipBlock:
        cidr: 169.254.170.23/32
  ports:
    - protocol: TCP
      port: 80
    - protocol: TCP
      port: 988
{{- end }}

{{- define "core.etcdEgress" -}}
- to:
    - podSelector:
        matchLabels:
          {{- include "core.selectorLabels" . | nindent 10 }}
          app.kubernetes.io/component: etcd
  ports:
    - protocol: TCP
      port: {{ .Values.etcd.service.port | int }}
{{- end }}

{{/* Annotations of users, without those that make a hook. */}}
{{- define "core.ownHookAnnotations" -}}
{{- with omit . "helm.sh/hook" "helm.sh/hook-delete-policy" "helm.sh/hook-output-log-policy" "helm.sh/hook-weight" }}
{{- toYaml . }}
{{- end }}
{{- end }}
