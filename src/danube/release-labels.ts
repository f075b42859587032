import {
  ChartInfo,
  merge,
  omit,
  orElse,
  Release,
  replace,
  spread,
  str,
  type Expr,
  type ChartPart,
} from '../helm/index';

type Labels = Record<string, string>;

/** Labels that users cannot replace: selectors and tools rely on them. */
export const RESERVED_LABELS: readonly string[] = [
  'helm.sh/chart',
  'app.kubernetes.io/name',
  'app.kubernetes.io/instance',
  'app.kubernetes.io/version',
  'app.kubernetes.io/managed-by',
  'app.kubernetes.io/part-of',
  'app.kubernetes.io/component',
];

/** The labels of a release's objects. */
export class ReleaseLabels {
  private readonly selectorTemplate: Expr<Readonly<Labels>>;
  private readonly objectTemplate: Expr<Readonly<Labels>>;
  private readonly commonLabels: Expr<Readonly<Labels>>;

  constructor(
    chart: ChartPart,
    values: {
      readonly nameOverride: Expr<string>;
      readonly commonLabels: Expr<Readonly<Labels>>;
    },
  ) {
    this.commonLabels = values.commonLabels;
    this.selectorTemplate = chart.mapTemplate(
      'selectorLabels',
      {
        'app.kubernetes.io/name': orElse(values.nameOverride, ChartInfo.name),
        'app.kubernetes.io/instance': Release.name,
      },
      {
        description: 'Labels that select pods. They must never change.',
        variable: '$selectorLabels',
      },
    );
    this.objectTemplate = chart.mapTemplate(
      'labels',
      {
        'helm.sh/chart': str`${ChartInfo.name}-${replace('+', '_', ChartInfo.version)}`,
        ...spread(this.selectorTemplate),
        // A chart for an image of one's own does not know its version.
        ...(chart.chart.metadata.appVersion === undefined
          ? {}
          : { 'app.kubernetes.io/version': ChartInfo.appVersion }),
        'app.kubernetes.io/managed-by': Release.service,
        'app.kubernetes.io/part-of': 'danube',
        ...spread(omit(values.commonLabels, ...RESERVED_LABELS)),
      },
      { description: 'Labels of every object.' },
    );
  }

  /** Of an object of a component. */
  of(component: string): Labels {
    return { ...spread(this.objectTemplate), 'app.kubernetes.io/component': component };
  }

  /** What selects a component's pods. */
  selecting(component: string): Labels {
    return { ...spread(this.selectorTemplate), 'app.kubernetes.io/component': component };
  }

  /** Of a component's pods: nothing in them changes with the chart's version. */
  ofPods(component: string, podLabels: Expr<Readonly<Labels>>): Labels {
    return {
      ...this.selecting(component),
      'app.kubernetes.io/part-of': 'danube',
      ...spread(omit(merge(podLabels, this.commonLabels), ...RESERVED_LABELS)),
    };
  }
}
