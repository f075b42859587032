import {
  and,
  eq,
  not,
  or,
  subchartValues,
  type Condition,
  type Expr,
  type HelmChart,
} from '../../helm/index';
import type { ConnectorSlot, StackParts } from './stack-parts';

/** What has to hold between the parts of a stack. Within each part its own rules hold. */
export function addStackRules(
  chart: HelmChart,
  { core, admin, slots }: StackParts,
  isEnabled: (key: string) => Expr<boolean>,
): void {
  const coreValues = subchartValues(core);
  const { ports, tls } = coreValues.broker;
  const connectors = slots.map(({ alias }) => isEnabled(alias));
  chart.require({
    path: 'danube-core.broker.tls.enabled',
    holds: not(and(tls.enabled, or(...connectors))),
    problem: 'connectors speak plain http to brokers and cannot be given a certificate',
    fix: 'set it to false, or install connectors with a core of their own',
  });
  for (const name of ['fullnameOverride', 'nameOverride'] as const) {
    chart.require({
      path: `danube-core.${name}`,
      holds: not(coreValues[name]),
      problem: 'the other parts of the stack find the core by the name of the release',
      fix: 'leave it out, and name the release as you like',
    });
  }
  const adminValues = subchartValues(admin).core;
  const adminIsOn = isEnabled('danube-admin');
  const coreOf = ({ subchart }: ConnectorSlot) => subchartValues(subchart).core;
  /** A part that is on, and works on the core of the stack, has to know its port. */
  const knows = (isOn: Condition, elsewhere: Condition, port: Expr<number>, used: Expr<number>) =>
    or(not(isOn), elsewhere, eq(used, port));
  const connectorsKnow = (port: Expr<number>, portOf: (slot: ConnectorSlot) => Expr<number>) =>
    slots.map((slot) => knows(isEnabled(slot.alias), coreOf(slot).releaseName, port, portOf(slot)));
  chart.require({
    path: 'danube-core.broker.ports.client',
    holds: and(...connectorsKnow(ports.client, (slot) => coreOf(slot).clientPort)),
    problem: 'a connector of the stack looks for the brokers at another port',
    fix: 'write the same in core.clientPort of every connector',
  });
  chart.require({
    path: 'danube-core.broker.ports.admin',
    holds: and(
      knows(adminIsOn, adminValues.releaseName, ports.admin, adminValues.adminPort),
      ...connectorsKnow(ports.admin, (slot) => coreOf(slot).adminPort),
    ),
    problem: 'a part of the stack looks for the admin port of the brokers elsewhere',
    fix: 'write the same in core.adminPort of danube-admin and of every connector',
  });
  const domain = coreValues.clusterDomain;
  const parts = [
    { isOn: adminIsOn, values: subchartValues(admin), elsewhere: adminValues.releaseName },
    ...slots.map((slot) => ({
      isOn: isEnabled(slot.alias),
      values: subchartValues(slot.subchart),
      elsewhere: coreOf(slot).releaseName,
    })),
  ];
  chart.require({
    path: 'danube-core.clusterDomain',
    holds: and(
      ...parts.map(({ isOn, values, elsewhere }) =>
        or(not(isOn), elsewhere, eq(values.clusterDomain, domain)),
      ),
    ),
    problem: 'a part of the stack looks for the brokers in another domain',
    fix: 'write the same in clusterDomain of danube-admin and of every connector',
  });
  const { service } = coreValues.prometheus;
  chart.require({
    path: 'danube-core.prometheus.service.port',
    holds: knows(adminIsOn, adminValues.releaseName, service.port, adminValues.prometheusPort),
    problem: 'danube-admin looks for Prometheus at another port',
    fix: 'write the same in danube-admin.core.prometheusPort',
  });
}
