import { z } from 'zod';
import {
  eachEntry,
  has,
  hasKey,
  literal,
  or,
  requireNone,
  str,
  when,
  type ChartPart,
  type Expr,
} from '../helm/index';
import { annotations, labels } from './pod/kubernetes-values';
import { RESERVED_LABELS } from './release-labels';

type Texts = Readonly<Record<string, string>>;

/** Labels or annotations of some objects, by the names of the objects. */
export type ObjectTexts = Expr<Readonly<Partial<Record<string, Texts>>>>;

type Named<K extends string> = Partial<Record<K, Record<string, string>>>;

/** The schema of such texts, for objects of these names. */
type NamedTexts<K extends string> = z.ZodDefault<z.ZodType<Named<K>, Named<K>>>;

/** References to the values of `objectValues`. */
export interface ObjectValues {
  readonly objectLabels: ObjectTexts;
  readonly objectAnnotations: ObjectTexts;
}

/**
 * The values by which single objects get labels and annotations.
 *
 * @param objects the objects of the chart, named after their templates: `brokerService` for
 *   `templates/broker-service.yaml`. The first two are the examples.
 */
export function objectValues<K extends string>(
  objects: readonly [K, K, ...K[]],
): { readonly objectLabels: NamedTexts<K>; readonly objectAnnotations: NamedTexts<K> } {
  const [first, second] = objects;
  return {
    objectLabels: z
      .partialRecord(z.enum(objects), labels)
      .default({})
      .meta({
        description:
          'More labels of single objects, by the name of their template without hyphens: ' +
          `${first}. The pods keep theirs.`,
        examples: [
          { [first]: { team: 'messaging' } },
          { [first]: { tier: 'a' }, [second]: { tier: 'b' } },
        ],
      }),
    objectAnnotations: z
      .partialRecord(z.enum(objects), annotations)
      .default({})
      .meta({
        description:
          'More annotations of single objects, named as in objectLabels. They win over ' +
          'commonAnnotations and over annotations that have a value of their own.',
        examples: [
          { [first]: { 'example.com/owner': 'messaging' } },
          { [first]: { 'example.com/owner': 'a' }, [second]: { 'example.com/owner': 'b' } },
        ],
      }),
  };
}

/** A label cannot be there twice. */
export function addObjectLabelRule(
  chart: ChartPart,
  {
    objectLabels,
    commonLabels,
  }: { readonly objectLabels: ObjectTexts; readonly commonLabels: Expr<Texts> },
): void {
  requireNone(chart, 'repeatedLabels', {
    path: 'objectLabels',
    found: [
      eachEntry(objectLabels, (object, own) => [
        eachEntry(own, (label) =>
          when(or(has(label, literal(RESERVED_LABELS)), hasKey(commonLabels, label)), [
            str`${object}.${label}`,
          ]),
        ),
      ]),
    ],
    problem: 'is set for every object already',
    fix: 'leave it out here; to give it to some objects only, leave it out of commonLabels',
  });
}
