import * as z from 'zod';

/** What `z.toJSONSchema` answers, as far as the contracts use it. */
type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Which side of a schema: what a caller sends, or what is received. */
export type Side = 'input' | 'output';

/** Text for `/** … *​/`: one line, or several where there is more to say. */
export function docText(lines: readonly (string | undefined)[], indent = ''): string {
  const said = lines.flatMap((line) => (line ? line.replaceAll('*/', '*\u200b/').split('\n') : []));
  if (said.length === 0) return '';
  if (said.length === 1) return `${indent}/** ${said[0]} */\n`;
  return [`${indent}/**`, ...said.map((line) => `${indent} * ${line}`), `${indent} */\n`].join('\n');
}

function quoted(name: string): string {
  return /^[\w$]+$/.test(name) ? name : `'${name}'`;
}

/** Whether a type is one object, which can be an interface; a union of several cannot. */
export function isObject(type: string): boolean {
  return type.startsWith('{') && !/^\} [|&] /m.test(type);
}

function literal(value: unknown): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "\\'")}'` : JSON.stringify(value);
}

/**
 * Writes TypeScript for schemas. Those with a name (`meta({ id })`) become declarations of their own, once, in `declarations`;
 * `enums` gives names to unions that are declared elsewhere, by their members.
 */
export function typeWriter(enums: ReadonlyMap<string, string> = new Map()) {
  const declarations = new Map<string, string>();

  /** The type of a schema, its named parts declared. */
  function typeOf(schema: z.core.$ZodType, side: Side): string {
    const { $defs = {}, ...root } = z.toJSONSchema(schema, { io: side }) as JsonSchema & { $defs?: Record<string, JsonSchema> };
    for (const [name, definition] of Object.entries($defs)) declare(name, definition, side);
    return write(root, '');
  }

  function declare(name: string, schema: JsonSchema, side: Side): void {
    const body = write(schema, '');
    const doc = docText([schema.description]);
    const text = `${doc}export ${isObject(body) ? `interface ${name} ${body}` : `type ${name} = ${body};`}\n`;
    const known = declarations.get(name);
    if (known !== undefined && known !== text) {
      throw new Error(`${name} looks different as ${side}: give what is sent and what is received different names.`);
    }
    declarations.set(name, text);
  }

  function write(schema: JsonSchema, indent: string): string {
    if (schema.$ref !== undefined) return schema.$ref.replace('#/$defs/', '');
    if (schema.const !== undefined) return literal(schema.const);
    if (schema.enum !== undefined) return enums.get([...schema.enum].sort().join()) ?? schema.enum.map(literal).join(' | ');
    const parts = schema.anyOf ?? schema.oneOf;
    if (parts !== undefined) return parts.map((part) => write(part as JsonSchema, indent)).join(' | ');
    if (schema.allOf !== undefined) return schema.allOf.map((part) => write(part as JsonSchema, indent)).join(' & ');
    if (Array.isArray(schema.type)) return schema.type.map((type) => write({ ...schema, type: type as 'string' }, indent)).join(' | ');
    switch (schema.type) {
      case 'object':
        return writeObject(schema, indent);
      case 'array':
        return writeArray(schema, indent);
      case 'integer':
      case 'number':
        return 'number';
      case 'string':
      case 'boolean':
      case 'null':
        return schema.type;
      case undefined:
        return 'unknown';
      default:
        throw new Error(`There is no type for ${JSON.stringify(schema)}.`);
    }
  }

  function writeObject({ properties = {}, required = [], additionalProperties }: JsonSchema, indent: string): string {
    const inner = `${indent}  `;
    const fields = Object.entries(properties).map(([name, value]) => {
      const schema = value as JsonSchema;
      const doc = docText([schema.description, schema.default === undefined ? undefined : `Default: ${literal(schema.default)}.`], inner);
      return `${doc}${inner}${quoted(name)}${required.includes(name) ? '' : '?'}: ${write(schema, inner)};\n`;
    });
    if (typeof additionalProperties === 'object' && fields.length === 0) {
      return `Record<string, ${write(additionalProperties as JsonSchema, indent)}>`;
    }
    return fields.length === 0 ? 'NoInput' : `{\n${fields.join('')}${indent}}`;
  }

  function writeArray({ items, prefixItems }: JsonSchema, indent: string): string {
    if (prefixItems !== undefined) return `[${prefixItems.map((item) => write(item as JsonSchema, indent)).join(', ')}]`;
    const item = write((items ?? {}) as JsonSchema, indent);
    return / [|&] /.test(item) ? `(${item})[]` : `${item}[]`;
  }

  return { declarations, typeOf };
}
