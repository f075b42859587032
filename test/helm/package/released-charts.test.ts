import {
  changesSinceRelease,
  checkReleased,
  withReleases,
} from '../../../src/helm/package/released-charts';
import { smallChart } from './small-chart';

const RELEASED = withReleases({}, [smallChart('ant', '1.0.0'), smallChart('bee', '1.0.0')]);

test('a released chart that did not change, and a new version, are fine', () => {
  const charts = [
    smallChart('ant', '1.0.0'),
    smallChart('bee', '1.1.0', 'y'),
    smallChart('cat', '1.0.0'),
  ];
  expect(() => {
    checkReleased(charts, RELEASED);
  }).not.toThrow();
});

test('a released chart that changed is refused with the names of the files', () => {
  const chart = smallChart('ant', '1.0.0', 'y');
  const files = new Map(chart.files);
  files.delete('templates/map.yaml');
  files.set('templates/new.yaml', new Uint8Array());
  const changed = { ...chart, files };
  expect(() => {
    checkReleased([changed, smallChart('bee', '1.0.0', 'y')], RELEASED);
  }).toThrow(
    [
      'ant 1.0.0 is released and has changed since: templates/map.yaml (removed), ' +
        'templates/new.yaml (added), values.yaml',
      'bee 1.0.0 is released and has changed since: values.yaml',
      'give it a new version (docs/versioning.md)',
    ].join('\n'),
  );
});

test('releases add up and none is written over', () => {
  const more = withReleases(RELEASED, [smallChart('ant', '1.1.0', 'y')]);
  expect(Object.keys(more.ant ?? {})).toEqual(['1.0.0', '1.1.0']);
  expect(more.bee).toEqual(RELEASED.bee);
  expect(changesSinceRelease(smallChart('ant', '1.1.0', 'z'), more)).toEqual(['values.yaml']);
  expect(() => withReleases(more, [smallChart('ant', '1.1.0', 'z')])).toThrow('has changed since');
});
