{{/* prometheus.yml */}}
{{- define "core.prometheusConfig" -}}
{{- $name := include "core.fullname" . }}
{{- with .Values.prometheus }}
global:
  scrape_interval: {{ .scrapeInterval | quote }}
  evaluation_interval: {{ .scrapeInterval | quote }}
{{- if .rules.enabled }}
rule_files:
  - alerts.yml
{{- end }}
{{- end }}
scrape_configs:
  - job_name: prometheus
    static_configs:
      - targets:
          - localhost:9090
  - job_name: {{ $name }}-danube-broker
    kubernetes_sd_configs:
      - role: endpoints
        namespaces:
          names:
            - {{ .Release.Namespace | quote }}
    relabel_configs:
      - source_labels:
          - __meta_kubernetes_service_name
          - __meta_kubernetes_endpoint_port_name
        regex: {{ $name }}-danube-broker-headless;prometheus
        action: keep
      - source_labels:
          - __meta_kubernetes_namespace
        target_label: namespace
      - source_labels:
          - __meta_kubernetes_pod_name
        target_label: pod
  {{- if .Values.etcd.enabled }}
  - job_name: {{ $name }}-etcd
    kubernetes_sd_configs:
      - role: endpoints
        namespaces:
          names:
            - {{ .Release.Namespace | quote }}
    relabel_configs:
      - source_labels:
          - __meta_kubernetes_service_name
          - __meta_kubernetes_endpoint_port_name
        regex: {{ $name }}-etcd-headless;metrics
        action: keep
      - source_labels:
          - __meta_kubernetes_namespace
        target_label: namespace
      - source_labels:
          - __meta_kubernetes_pod_name
        target_label: pod
  {{- end }}
{{- end }}
