export { demoDomain, demoEmail, demoPassword, type Persona, type PersonaName, personas, type StaffName, staff } from './people';
export { picturesOf } from './pictures';
export { type Actor, actAs, isEmpty, seedDemo } from './seed';
export { waveOf } from './wave';
