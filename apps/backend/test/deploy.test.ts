import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../src/config';
import { startTestBackend, type TestBackend } from './rig/backend';
import { send } from './rig/http';

const folder = fileURLToPath(new URL('../../../deploy/', import.meta.url));
/** Every setting is told there. */
const readme = readFileSync(fileURLToPath(new URL('../../../README.md', import.meta.url)), 'utf8');
const read = (name: string) => readFileSync(`${folder}${name}`, 'utf8');

type Labels = Readonly<Record<string, string>>;
type Probe = { readonly httpGet: { readonly path: string; readonly port: string } };

/** What is looked at of the manifests, each by the name of its file. */
interface Manifests {
  'deployment.yaml': {
    selector: { matchLabels: Labels };
    template: {
      metadata: { labels: Labels; annotations: Labels };
      spec: {
        terminationGracePeriodSeconds: number;
        containers: [
          {
            image: string;
            ports: { name: string; containerPort: number }[];
            env: { name: string }[];
            startupProbe: Probe;
            livenessProbe: Probe;
            readinessProbe: Probe;
          },
        ];
      };
    };
  };
  'service.yaml': { selector: Labels; ports: [{ targetPort: string }] };
  'disruption-budget.yaml': { selector: { matchLabels: Labels }; maxUnavailable: number };
  'autoscaler.yaml': {
    scaleTargetRef: { kind: string; name: string };
    minReplicas: number;
    metrics: { type: string; resource?: { name: string }; pods?: { metric: { name: string } } }[];
  };
}

interface Manifest<Spec> {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: Spec;
}

describe('the compose file', () => {
  const { services } = parse(read('compose.yaml'), { merge: true }) as {
    services: Record<string, { image: string; environment?: Record<string, string> }>;
  };

  it('sets what production asks for, and nothing that is no setting', () => {
    const given = Object.entries(services['replica-1']?.environment ?? {}).map(([name, value]) => [
      name,
      // As compose does: what is asked for is given, and what may be left out is left out.
      value.replace(/\$\{\w+:\?\}/g, 'a-value-that-nobody-has-guessed-yet').replace(/\$\{\w+:-\}/g, ''),
    ]);
    const config = readConfig({ ...Object.fromEntries(given), NODE_ENV: 'production' });
    expect(config).toMatchObject({ redis: { url: 'redis://redis:6379' }, trustProxy: ['uniquelocal'], environment: 'production' });
    for (const [name] of given) expect(readme).toContain(`\`${name}\``);
  });

  it('runs the replicas that nginx hands calls to', () => {
    const upstream = [...read('nginx.conf').matchAll(/server (replica-\d+):3000/g)].map(([, name]) => name);
    expect(upstream).toEqual(Object.keys(services).filter((name) => services[name]?.image === 'heartline'));
  });
});

describe('the Kubernetes manifests', () => {
  const { resources, images } = parse(read('kubernetes/kustomization.yaml')) as { resources: string[]; images: { name: string }[] };
  const manifest = <Name extends keyof Manifests>(name: Name) => parse(read(`kubernetes/${name}`)) as Manifest<Manifests[Name]>;
  const spec = <Name extends keyof Manifests>(name: Name) => manifest(name).spec;

  it('are all applied', () => {
    expect([...resources, 'kustomization.yaml'].sort()).toEqual(readdirSync(`${folder}kubernetes`).sort());
    for (const name of resources) expect(parse(read(`kubernetes/${name}`))).toMatchObject({ metadata: { name: 'heartline' } });
  });

  it('speak of the same pods and ports', () => {
    const pod = spec('deployment.yaml').template;
    const [container] = pod.spec.containers;
    for (const selector of [
      spec('deployment.yaml').selector.matchLabels,
      spec('service.yaml').selector,
      spec('disruption-budget.yaml').selector.matchLabels,
    ]) {
      expect(selector).toEqual(pod.metadata.labels);
    }
    const ports = container.ports.map(({ name }) => name);
    for (const { httpGet } of [container.startupProbe, container.livenessProbe, container.readinessProbe])
      expect(ports).toContain(httpGet.port);
    expect(ports).toContain(spec('service.yaml').ports[0].targetPort);
    expect(spec('autoscaler.yaml').scaleTargetRef).toMatchObject({ kind: manifest('deployment.yaml').kind, name: 'heartline' });
  });

  it('run the image that is named, with settings that there are', () => {
    const [container] = spec('deployment.yaml').template.spec.containers;
    expect(images.map(({ name }) => name)).toEqual([container.image]);
    expect(container.ports.map(({ containerPort }) => String(containerPort))).toEqual([/EXPOSE (\d+)/.exec(read('Dockerfile'))?.[1]]);
    for (const { name } of container.env) expect(readme).toContain(`\`${name}\``);
  });

  it('keep at least one replica, whoever goes, and grow by CPU and by connections', () => {
    const { minReplicas, metrics } = spec('autoscaler.yaml');
    expect(minReplicas).toBeGreaterThan(spec('disruption-budget.yaml').maxUnavailable);
    expect(metrics.map(({ resource, pods }) => resource?.name ?? pods?.metric.name)).toEqual(['cpu', 'heartline_connections']);
  });

  describe('ask the service', () => {
    let backend: TestBackend;
    beforeAll(async () => {
      backend = await startTestBackend('pglite', { env: { METRICS_TOKEN: metricsToken } });
    });
    afterAll(() => backend.close());
    const metricsToken = 'a-token-that-prometheus-bears';

    it('for what it answers: how it is, and what it counts', async () => {
      const pod = spec('deployment.yaml').template;
      const [{ startupProbe, livenessProbe, readinessProbe }] = pod.spec.containers;
      const checked = /fetch\('http:\/\/127\.0\.0\.1:\d+([^']+)'/.exec(read('Dockerfile'))?.[1];
      const paths = [startupProbe, livenessProbe, readinessProbe].map(({ httpGet }) => httpGet.path);
      for (const path of [...paths, checked]) {
        const { status, body } = await send('GET', `${backend.url}${path}`);
        expect([path, status, body]).toEqual([path, 200, expect.objectContaining({ status: 'ok' })]);
      }
      const metrics = await send('GET', `${backend.url}${pod.metadata.annotations['prometheus.io/path']}`, { token: metricsToken });
      expect(metrics.text).toMatch(/^heartline_connections 0$/m);
    });
  });
});
