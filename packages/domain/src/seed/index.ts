export { demoDomain, demoEmail, demoPassword, type Persona, type PersonaName, personas, type StaffName, staff } from './people';
export { type Actor, actAs, isEmpty, seedDemo } from './seed';
