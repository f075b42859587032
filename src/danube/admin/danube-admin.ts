import { Construct } from 'constructs';
import type { z } from 'zod';
import { ChartPart, Gate, RepeatedObject, splice, type Ref } from '../../helm/index';
import { ReleaseContext } from '../release-context';
import { addAdminNetworkPolicies, type AdminNetworkPolicies } from './admin-network-policy';
import { addAdminNotes } from './admin-notes';
import { addAdminRules } from './admin-rules';
import { AdminServer, type AdminServerProps } from './admin-server';
import { AdminUI, type AdminUIProps } from './admin-ui';
import { addAdminUIIngress, type AdminUIIngress } from './admin-ui-ingress';
import { adminWiring, coreLocation } from './core-location';
import { corePartValues, type CorePartProps } from '../location/core-part';
import { danubeAdminValues } from './danube-admin-values';
import { addMcpRole, type McpRole } from './mcp-role';

/** Values of the shape `danubeAdminValues`; with `core` it finds a core of the same chart. */
export type DanubeAdminProps = CorePartProps<typeof danubeAdminValues>;

/**
 * The administration of a Danube: the admin server and, by value, its web interface. It finds the
 * core by its release name. The MCP server is not part of it: it speaks through its standard input
 * and runs on the machine of its user (facts on Danube, 3.4).
 *
 * @throws when it is not inside a HelmChart.
 */
export class DanubeAdmin extends Construct {
  /** References to its values. */
  readonly values: Ref<z.output<typeof danubeAdminValues>>;
  readonly release: ReleaseContext;
  readonly admin: AdminServer;
  readonly adminUI: AdminUI;
  readonly adminUIIngress: AdminUIIngress;
  readonly networkPolicies: AdminNetworkPolicies;
  readonly mcpRole: McpRole;
  readonly extraObjects: RepeatedObject<object>;

  constructor(scope: Construct, id: string, props: DanubeAdminProps = {}) {
    super(scope, id);
    const values = corePartValues(scope, id, danubeAdminValues, props, adminWiring);
    this.values = values;
    const chart = new ChartPart(this, values);
    const { admin, adminUI } = values;
    this.release = new ReleaseContext(chart, values, undefined, values);
    const core = coreLocation(chart, values, this.release);
    addAdminRules(chart, values);

    this.admin = this.createAdminServer(new Gate(this, 'admin', admin.enabled), 'Default', {
      values: admin,
      release: this.release,
      core,
    });
    this.adminUI = this.createAdminUI(new Gate(this, 'admin-ui', adminUI.enabled), 'Default', {
      values: adminUI,
      release: this.release,
      adminPort: admin.service.port,
    });
    this.networkPolicies = addAdminNetworkPolicies(this, values, this.release, core);
    this.adminUIIngress = addAdminUIIngress(this, values, this.release);
    this.mcpRole = addMcpRole(this, values, this.release, core);
    this.extraObjects = new RepeatedObject(this, 'extra-objects', splice(values.extraObjects));
    addAdminNotes(chart, values, this.release, core);
  }

  /** The admin server; a subclass may make one of its own. Runs in the constructor. */
  protected createAdminServer(scope: Construct, id: string, props: AdminServerProps): AdminServer {
    return new AdminServer(scope, id, props);
  }

  /** The web interface; a subclass may make one of its own. Runs in the constructor. */
  protected createAdminUI(scope: Construct, id: string, props: AdminUIProps): AdminUI {
    return new AdminUI(scope, id, props);
  }
}
