import type { Affinity, TopologySpreadConstraint } from 'kubernetes-types/core/v1';
import { z } from 'zod';
import { eq, when, type Dynamic, type Expr, type ManifestNode, type Ref } from '../../helm/index';

const strictness = z.enum(['none', 'soft', 'hard']);

type Strictness = z.output<typeof strictness>;

/** How the pods of a component keep apart, unless its users say it in Kubernetes' own words. */
export interface PodSpread {
  antiAffinity: Strictness;
  zoneSpread: Strictness;
  affinity: Affinity;
  topologySpreadConstraints: TopologySpreadConstraint[];
}

const POD_SPREAD_VALUES = {
  antiAffinity: strictness
    .default('soft')
    .describe(
      'Whether pods avoid nodes that have one of them: soft: where possible; hard: always, so ' +
        'it needs a node for each. Not used when affinity is given.',
    ),
  zoneSpread: strictness
    .default('soft')
    .describe(
      'Whether pods spread evenly over zones: soft: where possible; hard: always, so every ' +
        'node needs a zone. Not used when topologySpreadConstraints are given.',
    ),
};

/** The values of a component whose pods keep apart. */
export function podSpreadValues() {
  return POD_SPREAD_VALUES;
}

/** The affinity of the pods: the user's if there is one, else away from nodes that have one. */
export function spreadAffinity(
  values: Ref<PodSpread>,
  labels: Record<string, string>,
): ManifestNode<Affinity | undefined> {
  const otherNode = {
    topologyKey: 'kubernetes.io/hostname',
    labelSelector: { matchLabels: labels },
  };
  return when<Affinity | undefined>(
    values.affinity,
    values.affinity,
    chosenBy<Affinity>(
      values.antiAffinity,
      {
        podAntiAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 100, podAffinityTerm: otherNode },
          ],
        },
      },
      { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [otherNode] } },
    ),
  );
}

/** How the pods spread: as the user says, else over zones. */
export function spreadConstraints(
  values: Ref<PodSpread>,
  labels: Record<string, string>,
): ManifestNode<TopologySpreadConstraint[] | undefined> {
  const overZones = (
    whenUnsatisfiable: 'ScheduleAnyway' | 'DoNotSchedule',
  ): readonly Dynamic<TopologySpreadConstraint>[] => [
    {
      maxSkew: 1,
      topologyKey: 'topology.kubernetes.io/zone',
      whenUnsatisfiable,
      labelSelector: { matchLabels: labels },
    },
  ];
  return when<TopologySpreadConstraint[] | undefined>(
    values.topologySpreadConstraints,
    values.topologySpreadConstraints,
    chosenBy<TopologySpreadConstraint[]>(
      values.zoneSpread,
      overZones('ScheduleAnyway'),
      overZones('DoNotSchedule'),
    ),
  );
}

function chosenBy<X>(
  chosen: Expr<Strictness>,
  soft: NoInfer<Dynamic<X>>,
  hard: NoInfer<Dynamic<X>>,
): ManifestNode<X | undefined> {
  return when<X | undefined>(
    eq(chosen, 'soft'),
    soft,
    when<X | undefined>(eq(chosen, 'hard'), hard),
  );
}
