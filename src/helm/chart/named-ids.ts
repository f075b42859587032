import type { IConstruct } from 'constructs';

/**
 * The ids from a chart down to a construct in it. `Default` and `Resource` leave no trace, as in
 * cdk8s.
 */
export function namedIds(construct: IConstruct, chart: IConstruct): readonly string[] {
  const ids = construct.node.path.slice(chart.node.path.length + 1).split('/');
  return ids.filter((id) => id !== '' && !/^(default|resource)$/i.test(id));
}
