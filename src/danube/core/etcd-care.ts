import type { Construct } from 'constructs';
import { EtcdDefrag } from './etcd-defrag';
import { EtcdMemberCheck, type EtcdMemberCheckProps } from './etcd-member-check';
import { EtcdSnapshot } from './etcd-snapshot';

/** The Jobs that look after etcd. */
export interface EtcdCare {
  readonly memberCheck: EtcdMemberCheck;
  readonly snapshot: EtcdSnapshot;
  readonly defrag: EtcdDefrag;
}

export function addEtcdCare(scope: Construct, props: EtcdMemberCheckProps): EtcdCare {
  return {
    memberCheck: new EtcdMemberCheck(scope, 'member-check', props),
    snapshot: new EtcdSnapshot(scope, 'snapshot', props),
    defrag: new EtcdDefrag(scope, 'defrag', props),
  };
}
