/** Danube's charts as cdk8s constructs. */
export { Broker, type BrokerProps } from './danube/core/broker';
export { brokerValues } from './danube/core/broker-values';
export { coreValues } from './danube/core/core-values';
export { DanubeCore, type DanubeCoreProps } from './danube/core/danube-core';
export { DanubeCoreChart, type DanubeCoreChartProps } from './danube/core/danube-core-chart';
export { Etcd, type EtcdProps } from './danube/core/etcd';
export { etcdValues } from './danube/core/etcd-values';
export type { MetadataStore } from './danube/core/metadata-store';
export { Prometheus, type PrometheusProps } from './danube/core/prometheus';
export { prometheusValues } from './danube/core/prometheus-values';
export { CoreNames } from './danube/naming';
export { ReleaseContext } from './danube/release-context';
export { globalValues, releaseValues } from './danube/release-values';
export { TRAIN_0_7, type ImagePin, type ReleaseTrain } from './danube/release-train';
