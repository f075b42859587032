import { stopHelmServers } from './helm-server';

// Each file of tests has modules of its own, so servers of its own.
afterAll(() => {
  stopHelmServers();
});
