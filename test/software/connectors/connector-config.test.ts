import { parse } from 'smol-toml';
import { CONNECTOR_JOURNEYS } from '../../cluster/connector-journeys';
import { chartDirectory } from '../../cluster/journeys';
import { areBuilt } from '../../go-programs';
import { HELM_4 } from '../../real-helm/binaries';
import { decodeManifests } from '../../real-helm/decode';
import { helmTemplate } from '../../real-helm/run-helm';
import { CONNECTOR_CONFIG, readConnectorConfig, RUNTIMES } from './connector-config';

const describeBuilt = areBuilt([CONNECTOR_CONFIG]) ? describe : describe.skip;

/** Settings that the older runtime does not have yet. */
const NEW_IN_0_5 = [
  'processing.health_check_interval_ms',
  'processing.health_check_failure_threshold',
];

const sets = CONNECTOR_JOURNEYS.flatMap(({ chart, values, changes }) => [
  { chart, name: 'the least', values },
  ...changes.map((change) => ({ chart, name: change.name, values: change.values })),
]);

describeBuilt('the published runtimes of Danube connectors', () => {
  test.each(sets)('know every core key of $chart: $name', async ({ chart, values }) => {
    const helm = HELM_4;
    const { ok, stdout } = await helmTemplate({ helm, chart: chartDirectory(chart), values });
    expect(ok).toBe(true);
    const files = await connectorFiles(stdout);
    expect(files).toHaveLength(1);
    for (const toml of files) {
      for (const runtime of RUNTIMES) {
        const { refusal, config, passedOver } = await readConnectorConfig(runtime, toml);
        expect(refusal).toBe('');
        const ofCore = passedOver.filter((path) => path.includes('.'));
        expect(ofCore.filter((path) => !NEW_IN_0_5.includes(path))).toEqual([]);
        expect(parse(toml)).toMatchObject(writtenPart(config, parse(toml)));
      }
    }
  });

  const core = ['danube_service_url = "http://danube:6650"', 'connector_name = "a"'];

  test.each(RUNTIMES)('%s: a key that it does not know is seen', async (runtime) => {
    const toml = [...core, '[retry]', 'initial_interval_ms = 1', '[qdrant]', 'url = "x"'];
    const { passedOver } = await readConnectorConfig(runtime, toml.join('\n'));
    expect(passedOver).toEqual(['retry.initial_interval_ms', 'qdrant']);
  });

  test.each(RUNTIMES)('%s: a value of the wrong type is refused', async (runtime) => {
    const toml = [...core, '[processing]', 'batch_size = "many"'];
    const { refusal } = await readConnectorConfig(runtime, toml.join('\n'));
    expect(refusal).toMatch(/invalid type: string "many"/);
  });
});

/** Every connector.toml of a release. */
async function connectorFiles(manifest: string): Promise<string[]> {
  const [objects] = await decodeManifests([manifest]);
  return objects.flatMap(({ data, stringData }) =>
    [data, stringData]
      .map((files) => (files as Record<string, string> | undefined)?.['connector.toml'])
      .filter((file) => file !== undefined),
  );
}

/** What the runtime read, as far as the file writes it. */
function writtenPart(read: Record<string, unknown>, written: object): Record<string, unknown> {
  const names = Object.keys(written).filter((name) => name in read);
  const parts = names.map((name) => {
    const value = read[name];
    const file = (written as Record<string, unknown>)[name];
    return [name, isTable(value) && isTable(file) ? writtenPart(value, file) : value] as const;
  });
  return Object.fromEntries(parts);
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
