import {
  basePath,
  closeCodes,
  type Endpoint,
  type EndpointId,
  type ErrorCode,
  type Event,
  type EventName,
  endpoints,
  events,
  failureCodes,
  heartbeatSeconds,
  maxFrameBytes,
  realtime,
  signalFailureCodes,
  syncRetentionDays,
} from '../index';
import { groups } from './groups';
import { type DocumentOptions, type JsonObject, withoutSlash } from './json';
import { type Messages, socketMessages } from './messages';
import { schemaPool } from './schema-pool';
import { closeCodeTable, endpointInWords, limitInWords } from './wording';

/** An AsyncAPI 3.0 document; the parts that only readers of the whole need are plain JSON. */
export interface AsyncApiDocument {
  readonly asyncapi: string;
  readonly info: JsonObject;
  readonly defaultContentType: string;
  readonly servers?: JsonObject;
  readonly channels: { readonly realtime: JsonObject };
  /** A call by its endpoint's id, `messages.send`; a signal as `emit.typing.started`; an event as `hear.message.created`. */
  readonly operations: Readonly<Record<string, JsonObject>>;
  readonly components: Readonly<Record<string, JsonObject>>;
}

const introduction = `One socket a device carries calls and events, as small JSON frames in text messages of at most ${maxFrameBytes} bytes.

The first frame is a call of \`realtime.open\` with the access token. With \`since\`, everything durable after it follows in order,
then what happens live; without it the connection starts at \`head\`. Once \`head\` is heard, nothing is missing. A durable event
bears its \`seq\` in the user's log, which has no gaps and keeps ${syncRetentionDays} days: drop a \`seq\` that was heard before, and fetch
what a gap hides with \`realtime.resume\`. \`reset\` tells that the log has moved on: load everything anew.

A call is answered with its \`id\`, in any order. A signal is answered only if it bears an \`id\`, or when it fails. Send a ping
when nothing came for ${heartbeatSeconds} seconds.`;

const closing = `The server closes the socket with one of these codes.

${closeCodeTable()}`;

/** Codes that answer a frame which reached no endpoint and no signal. */
const frameErrors: readonly ErrorCode[] = [
  'MALFORMED_FRAME',
  'UNKNOWN_ENDPOINT',
  'NOT_OVER_SOCKET',
  'UNAUTHENTICATED',
  'INTERNAL',
  'UNAVAILABLE',
];

const channel: JsonObject = { $ref: '#/channels/realtime' };

const onChannel = (name: string): JsonObject => ({ $ref: `#/channels/realtime/messages/${name}` });
const tag = (name: string): JsonObject => ({ $ref: `#/components/tags/${name}` });

function callOperation(messages: Messages, id: EndpointId, endpoint: Endpoint): JsonObject {
  return {
    action: 'receive',
    channel,
    title: id,
    summary: endpoint.summary,
    description: endpointInWords(endpoint, 'socket').join('\n\n'),
    tags: [tag(id.slice(0, id.indexOf('.')))],
    messages: [onChannel(messages.call(id, endpoint))],
    reply: { channel, messages: [messages.answer(id, endpoint), ...messages.failures(failureCodes(endpoint, 'socket'))].map(onChannel) },
  };
}

function signalOperation(messages: Messages, name: EventName, { summary, audience, signal }: Event): JsonObject {
  if (signal === undefined) throw new Error(`${name} is not a signal.`);
  return {
    action: 'receive',
    channel,
    title: name,
    summary: `Tell others: ${summary}`,
    description: [`Heard by: ${audience}`, ...(signal.limit === undefined ? [] : [limitInWords(signal.limit, 'signals')])].join('\n\n'),
    tags: [tag('signal')],
    messages: [onChannel(messages.signal(name, signal))],
    reply: { channel, messages: [messages.signalAnswer(), ...messages.failures(signalFailureCodes(signal))].map(onChannel) },
  };
}

function eventOperation(messages: Messages, name: EventName, event: Event): JsonObject {
  return {
    action: 'send',
    channel,
    title: name,
    summary: event.summary,
    description: `Heard by: ${event.audience}`,
    tags: [tag(event.delivery)],
    messages: [onChannel(messages.event(name, event))],
  };
}

function serversAt(url: string): JsonObject {
  const [, scheme, host, pathname] = /^(https?):\/\/([^/]+)(\/.+)?$/.exec(url) ?? [];
  if (scheme === undefined || host === undefined) throw new Error(`A server's address is like https://api.example.com, not ${url}.`);
  return {
    main: {
      host,
      ...(pathname === undefined ? {} : { pathname }),
      protocol: scheme === 'https' ? 'wss' : 'ws',
      description: 'The service.',
    },
  };
}

/**
 * The socket of the platform as an AsyncAPI 3.0 document, written anew from the contracts at each call: every endpoint that
 * may be called over it, every signal a device may send, and every event it may hear. The server's view: it receives what a
 * device sends.
 * Throws where `serverUrl` is not one of http or https.
 */
export function asyncApiDocument({ title, version, serverUrl, license }: DocumentOptions): AsyncApiDocument {
  const pool = schemaPool('draft-07');
  const messages = socketMessages(pool);
  const operations: Record<string, JsonObject> = {};
  const inUse = new Set<string>();

  for (const [id, endpoint] of Object.entries(endpoints) as [EndpointId, Endpoint][]) {
    if (endpoint.transport === 'http') continue;
    inUse.add(id.slice(0, id.indexOf('.')));
    operations[id] = callOperation(messages, id, endpoint);
  }
  for (const [name, event] of Object.entries(events) as [EventName, Event][]) {
    const place = name.replace(':', '.');
    if (event.signal !== undefined) operations[`emit.${place}`] = signalOperation(messages, name, event);
    operations[`hear.${place}`] = eventOperation(messages, name, event);
  }
  operations['connection.ping'] = {
    action: 'receive',
    channel,
    title: 'ping',
    summary: 'Ask whether the server is there.',
    tags: [tag('realtime')],
    messages: [onChannel(messages.ping())],
    reply: { channel, messages: [onChannel(messages.pong())] },
  };
  operations['connection.refuse'] = {
    action: 'send',
    channel,
    title: 'refusal',
    summary: 'Answers a frame that is not a call or a signal of this document.',
    tags: [tag('realtime')],
    messages: messages.failures(frameErrors).map(onChannel),
  };

  const groupTags = Object.entries(groups).filter(([name]) => inUse.has(name));
  return {
    asyncapi: '3.0.0',
    info: { title, version, description: introduction, ...(license === undefined ? {} : { license: { name: license } }) },
    defaultContentType: 'application/json',
    ...(serverUrl === undefined ? {} : { servers: serversAt(withoutSlash(serverUrl)) }),
    channels: {
      realtime: {
        address: `${basePath}${realtime.open.path}`,
        title: 'The socket',
        description: closing,
        messages: Object.fromEntries(Object.keys(messages.all()).map((name) => [name, { $ref: `#/components/messages/${name}` }])),
        bindings: { ws: { method: 'GET', bindingVersion: '0.1.0' } },
        'x-close-codes': closeCodes,
      },
    },
    operations,
    components: {
      messages: messages.all(),
      schemas: pool.components(),
      correlationIds: { frame: { location: '$message.payload#/id', description: 'The id that the device chose for the frame.' } },
      tags: {
        ...Object.fromEntries(groupTags.map(([name, description]) => [name, { name, description }])),
        signal: { name: 'signal', description: 'Sent by a device, passed on to others; at most once.' },
        durable: { name: 'durable', description: "Kept in each hearer's log and given again until it is heard." },
        fleeting: { name: 'fleeting', description: 'Sent to the devices that are connected now; at most once.' },
      },
    },
  };
}
