import {
  ChartPart,
  Release,
  str,
  subchartValues,
  when,
  type Expr,
  type HelmChart,
} from '../../helm/index';
import { AdminNames } from '../admin/admin-names';
import { CoreNames, prefixTemplate } from '../naming';
import type { StackParts } from './stack-parts';

/** NOTES.txt of the stack: what runs, and what to type next. Helm prints no notes of subcharts. */
export function addStackNotes(
  chart: HelmChart,
  { core, admin, slots }: StackParts,
  isEnabled: (key: string) => Expr<boolean>,
): void {
  const prefix = prefixTemplate(new ChartPart(chart, chart.v))(Release.name);
  const names = new CoreNames(prefix);
  const { adminUI } = new AdminNames(prefix);
  const { broker, prometheus } = subchartValues(core);
  const kubectl = str`kubectl -n ${Release.namespace}`;
  const web = subchartValues(admin).adminUI;
  chart.notes([
    str`Danube is starting in ${Release.namespace}. Wait for its brokers:`,
    str`  ${kubectl} rollout status statefulset/${names.broker}`,
    '',
    'Then see whether a message goes through:',
    str`  helm test ${Release.name} -n ${Release.namespace} --logs`,
    '',
    'Clients inside the cluster connect to:',
    str`  ${names.broker}.${Release.namespace}:${broker.ports.client}`,
    when(isEnabled('danube-admin'), [
      when(web.enabled, [
        '',
        'The web interface, at http://localhost:8081:',
        str`  ${kubectl} port-forward svc/${adminUI} 8081:${web.service.port}`,
      ]),
    ]),
    when(prometheus.enabled, [
      '',
      'Prometheus, at http://localhost:9090:',
      str`  ${kubectl} port-forward svc/${names.prometheus} 9090:${prometheus.service.port}`,
    ]),
    ...slots.map(({ alias }) =>
      when(isEnabled(alias), [
        '',
        str`The connector ${prefix}-connector-${alias}:`,
        str`  ${kubectl} rollout status deployment/${prefix}-connector-${alias}`,
      ]),
    ),
  ]);
}
