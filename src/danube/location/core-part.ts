import type { Construct } from 'constructs';
import type { z } from 'zod';
import {
  literal,
  partValues,
  withFixed,
  type Expr,
  type GivenValues,
  type OwnValues,
  type PartProps,
  type Ref,
} from '../../helm/index';
import type { DanubeCore } from '../core/danube-core';
import { VALUES_OF_ALL_PARTS } from '../release-values';

/** Values of a construct that works on a core, added to its chart. */
export interface OwnCoreValues<S extends z.ZodObject> extends OwnValues<S> {
  /**
   * The core of the same chart that it works on. Its addresses then follow from the core's values
   * and leave those of the construct. Default: the core is found by its release name.
   */
  readonly core?: DanubeCore;
}

/** The values of a construct that works on a core. */
export type CorePartProps<S extends z.ZodObject> = GivenValues<S> | OwnCoreValues<S>;

/** As `partValues`, wired to a core of the same chart: `wiring` takes the place of some values. */
export function corePartValues<S extends z.ZodObject>(
  scope: Construct,
  id: string,
  schema: S,
  props: CorePartProps<S>,
  wiring: (core: DanubeCore) => Readonly<Record<string, Expr>>,
): Ref<z.output<S>> {
  const wired: PartProps<S> = isWired(props)
    ? withFixed<S>(props, { core: wiring(props.core) })
    : props;
  return partValues(scope, id, schema, wired, VALUES_OF_ALL_PARTS);
}

/** Where the core is. Its names may be overridden, so its prefix counts, not the release name. */
export function releaseWiring(core: DanubeCore): Readonly<Record<string, Expr>> {
  return {
    releaseName: core.release.fullname,
    namespace: literal(''),
    adminPort: core.values.broker.ports.admin,
  };
}

function isWired<S extends z.ZodObject>(
  props: CorePartProps<S>,
): props is OwnCoreValues<S> & { readonly core: DanubeCore } {
  return props.values === undefined && 'core' in props && props.core !== undefined;
}
