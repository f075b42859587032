import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { OWN_CHARTS } from '../../../src/cli/own-charts';
import type { DanubeStack } from '../../../src';
import { isMap } from '../../../src/helm/expression/go-value';
import { releaseName, type ReleaseSet } from '../../property/release-arbitrary';
import { NAMED_SETS as ADMIN_SETS } from '../admin/admin-sets';
import { NAMED_SETS as CORE_SETS } from '../core/core-sets';

type Values = Readonly<Record<string, unknown>>;

const FULL_STACK = join(__dirname, '../../../examples/full-stack-values.yaml');

/** What `examples/full-stack-values.yaml` says. */
export function fullStack(): Values {
  const values: unknown = parse(readFileSync(FULL_STACK, 'utf8'));
  return isMap(values) ? values : {};
}

/** The least values of a connector in one of its slots. */
export function slotValues(stack: DanubeStack, alias: string): Values {
  const slot = stack.parts.slots.find((one) => one.alias === alias);
  const name = slot?.subchart.chart.metadata.name;
  const example = OWN_CHARTS.find((chart) => chart.name === name)?.example;
  return { ...example, enabled: true };
}

/** All parts are on, both slots of every connector too. */
export function everything(stack: DanubeStack): Values {
  const slots = stack.parts.slots.map(({ alias }) => [alias, slotValues(stack, alias)] as const);
  return Object.fromEntries(slots);
}

/** What the stack's own rules allow of a core's values. */
function fitsStack(values: Values): boolean {
  const keys = ['nameOverride', 'fullnameOverride', 'clusterDomain', 'broker', 'prometheus'];
  return keys.every((key) => !Object.hasOwn(values, key));
}

/** Parts in the ways of their own named sets, put together at random. */
export function randomStacks(stack: DanubeStack): fc.Arbitrary<ReleaseSet> {
  const cores = CORE_SETS.map(({ set }) => set.values).filter(fitsStack);
  const admins = ADMIN_SETS.map(({ set }) => set.values);
  const aliases = stack.parts.slots.map(({ alias }) => alias);
  return fc
    .record({
      core: fc.constantFrom(...cores),
      admin: fc.constantFrom(...admins),
      isAdminOn: fc.boolean(),
      on: fc.subarray(aliases, { maxLength: 4 }),
      registry: fc.constantFrom(undefined, 'mirror.example'),
      releaseName,
    })
    .map(({ core, admin, isAdminOn, on, registry, releaseName: name }) => ({
      releaseName: name,
      namespace: 'messaging',
      values: {
        global: registry === undefined ? {} : { imageRegistry: registry },
        'danube-core': core,
        'danube-admin': { ...admin, enabled: isAdminOn },
        ...Object.fromEntries(on.map((alias) => [alias, slotValues(stack, alias)])),
      },
    }));
}
