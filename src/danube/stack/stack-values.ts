import { z } from 'zod';

function connectorPart(enabled: boolean, description: string) {
  return z
    .looseObject({ enabled: z.boolean().default(enabled).describe('Whether it is installed.') })
    .prefault({})
    .describe(description);
}

/** What the stack says of its parts. Each part checks its values by its own schema. */
export function stackValues(aliases: readonly string[]) {
  const connectors = aliases.map((alias) => {
    const type = alias.replace(/[0-9]+$/, '');
    const which = type === alias ? '' : 'a second ';
    const description = `Values of ${which}danube-connector-${type}.`;
    return [alias, connectorPart(false, description)] as const;
  });
  return z.object({
    global: z
      .looseObject({})
      .default({})
      .meta({
        section: 'Everywhere',
        description:
          'Given to all parts: `imageRegistry`, `imagePullSecrets`, `storageClass`, ' +
          '`clusterName`. See the values of danube-core.',
        examples: [{ imageRegistry: 'mirror.example' }, { storageClass: 'fast' }],
      }),
    'danube-core': z
      .looseObject({})
      .default({})
      .meta({
        section: 'Parts',
        description: 'Values of danube-core: brokers, etcd, Prometheus. Always installed.',
        examples: [{ broker: { replicaCount: 5 } }, { etcd: { replicaCount: 3 } }],
      }),
    'danube-admin': connectorPart(true, 'Values of danube-admin: admin server and web interface.'),
    ...Object.fromEntries(connectors),
  });
}
