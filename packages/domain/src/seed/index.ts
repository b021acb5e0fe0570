export { demoDomain, demoEmail, demoPassword, type Persona, type PersonaName, personas } from './people';
export { type Actor, actAs, isEmpty, seedDemo } from './seed';
