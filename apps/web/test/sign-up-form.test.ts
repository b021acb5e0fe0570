import { ApiError } from '@app/api-client';
import { expect, it } from 'vitest';
import { faultsOf, refusedFields, type SignUpValues, welcomeFrom } from '../src/features/auth/sign-up-form';
import { textsOf } from '../src/language/spoken';

const t = () => textsOf('auth');

const filled: SignUpValues = {
  displayName: 'Ada',
  email: 'ada@example.com',
  password: 'correct horse battery',
  birthDate: '1996-04-23',
  gender: 'female',
};

it('finds what is missing, and nothing where all is there', () => {
  expect(faultsOf(filled, t())).toBeNull();
  expect(Object.keys(faultsOf({ displayName: ' ', email: '', password: 'short', birthDate: '', gender: '' }, t()) ?? {})).toEqual([
    'displayName',
    'birthDate',
    'gender',
    'email',
    'password',
  ]);
});

it('puts what the service refused at its field, in words for people', () => {
  const issues = [
    { path: 'email', message: 'Invalid email address', code: 'invalid_format' },
    { path: 'password', message: 'Too long', code: 'too_big' },
  ];
  const refused = new ApiError({ code: 'VALIDATION_FAILED', message: 'Not valid.', status: 400, details: { issues } });
  expect(refusedFields(refused, t())).toEqual({ email: 'That does not look like an email.', password: 'This is too long.' });
  expect(refusedFields(new ApiError({ code: 'EMAIL_TAKEN', message: 'Taken.', status: 409 }), t())).toHaveProperty('email');
  expect(refusedFields(new ApiError({ code: 'NETWORK_ERROR', message: 'No network.' }), t())).toBeNull();
});

it('knows the day from which someone is welcome', () => {
  expect(new Date(welcomeFrom('2010-04-23') ?? 0).toISOString()).toBe('2028-04-23T00:00:00.000Z');
  expect(welcomeFrom('no day')).toBeUndefined();
});
