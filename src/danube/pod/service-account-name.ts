import { z } from 'zod';
import { choose, orElse, type Expr, type ChartPart, type Ref } from '../../helm/index';

/** Which service account a component's pods have. */
export interface ServiceAccountValues {
  create: boolean;
  name: string;
  annotations: Record<string, string>;
}

/** The name of a component's service account: made by the chart, or there already. */
export type ServiceAccountName = (
  values: Ref<ServiceAccountValues>,
  componentName: Expr<string>,
) => Expr<string>;

/** Defines the template of the names of service accounts. */
export function serviceAccountNameTemplate(chart: ChartPart): ServiceAccountName {
  const template = chart.templateFunction(
    'serviceAccountName',
    z.object({
      serviceAccount: z.object({
        create: z.boolean(),
        name: z.string(),
        annotations: z.record(z.string(), z.string()),
      }),
      made: z.string(),
    }),
    ({ serviceAccount, made }) =>
      choose(
        serviceAccount.create,
        orElse(serviceAccount.name, made),
        orElse(serviceAccount.name, 'default'),
      ),
    { description: 'The service account of a component: one that is made, or one by name.' },
  );
  return (values, componentName) => template({ serviceAccount: values, made: componentName });
}
