import type { ILabelSelector } from '@kubernetes-models/apimachinery/apis/meta/v1/LabelSelector';

type Labels = Partial<Record<string, string>>;

/** As in the API: a selector without terms matches everything. */
export function selectorMatches(selector: ILabelSelector, labels: Labels): boolean {
  if (!labelsMatch(selector.matchLabels ?? {}, labels)) {
    return false;
  }
  return (selector.matchExpressions ?? []).every((term) => {
    const value = labels[term.key];
    const isListed = value !== undefined && (term.values ?? []).includes(value);
    switch (term.operator) {
      case 'In':
        return isListed;
      case 'NotIn':
        return !isListed;
      case 'Exists':
        return value !== undefined;
      case 'DoesNotExist':
        return value === undefined;
      default:
        return false;
    }
  });
}

export function labelsMatch(wanted: Labels, labels: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}
