export { demoDomain, demoEmail, demoPassword, type Persona, personas } from './people';
export { type Actor, actAs, isEmpty, seedDemo } from './seed';
