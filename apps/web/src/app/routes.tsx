import type { ApiClient } from '@app/api-client';
import { createRootRouteWithContext, createRoute, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { Toaster } from '../design/toaster';
import { isTriedOut } from '../features/auth/is-tried-out';
import { loadTexts } from '../language/spoken';
import { NotFound } from './not-found';

const OutboxPanel = lazy(() => import('../features/development/outbox-panel'));

interface RouterContext {
  session: ApiClient['session'];
}

const rootRoute = createRootRouteWithContext<RouterContext>()({
  component: () => (
    <>
      <Outlet />
      <Toaster />
      {isTriedOut() && (
        <Suspense>
          <OutboxPanel />
        </Suspense>
      )}
    </>
  ),
  notFoundComponent: NotFound,
});

/** Where to go after signing in: only ever a path of this app. */
function pathWithin(value: unknown): string | undefined {
  return typeof value === 'string' && /^\/(?!\/)/.test(value) ? value : undefined;
}

/** For people who are not signed in. */
const outside = createRoute({
  getParentRoute: () => rootRoute,
  id: 'outside',
  component: lazyRouteComponent(() => import('../features/auth/outside-layout'), 'OutsideLayout'),
  validateSearch: (search): { to?: string } => {
    const to = pathWithin(search.to);
    return to ? { to } : {};
  },
  beforeLoad: ({ context, search, location: { pathname } }) => {
    // Who signs up has something to say of themselves first.
    const next = pathname === '/sign-up' ? '/onboarding' : '/discover';
    if (context.session.state === 'signedIn') throw redirect({ to: search.to ?? next });
  },
});

const welcome = createRoute({
  getParentRoute: () => outside,
  path: '/',
  component: lazyRouteComponent(() => import('../features/auth/welcome-page'), 'WelcomePage'),
});

const signIn = createRoute({
  getParentRoute: () => outside,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('../features/auth/sign-in-page'), 'SignInPage'),
});

const signUp = createRoute({
  getParentRoute: () => outside,
  path: '/sign-up',
  component: lazyRouteComponent(() => import('../features/auth/sign-up-page'), 'SignUpPage'),
});

const code = createRoute({
  getParentRoute: () => outside,
  path: '/code',
  component: lazyRouteComponent(() => import('../features/auth/code-page'), 'CodePage'),
});

/** Where links in mails lead, and the way to one: whoever comes, signed in or not. */
const links = createRoute({
  getParentRoute: () => rootRoute,
  id: 'links',
  component: lazyRouteComponent(() => import('../features/auth/outside-layout'), 'OutsideLayout'),
  validateSearch: ({ token }): { token?: string } => (typeof token === 'string' ? { token } : {}),
});

const forgotPassword = createRoute({
  getParentRoute: () => links,
  path: '/forgot-password',
  component: lazyRouteComponent(() => import('../features/auth/forgot-password-page'), 'ForgotPasswordPage'),
});

const resetPassword = createRoute({
  getParentRoute: () => links,
  path: '/reset-password',
  component: lazyRouteComponent(() => import('../features/auth/reset-password-page'), 'ResetPasswordPage'),
});

const verifyEmail = createRoute({
  getParentRoute: () => links,
  path: '/verify-email',
  component: lazyRouteComponent(() => import('../features/auth/verify-email-page'), 'VerifyEmailPage'),
});

/** For people who are. */
const inside = createRoute({
  getParentRoute: () => rootRoute,
  id: 'inside',
  component: lazyRouteComponent(() => import('./shell'), 'Shell'),
  beforeLoad: ({ context, location }) => {
    if (context.session.state !== 'signedIn') throw redirect({ to: '/sign-in', search: { to: location.href } });
  },
  loader: () => loadTexts('inside'),
});

const discover = createRoute({
  getParentRoute: () => inside,
  path: '/discover',
  component: lazyRouteComponent(() => import('../features/discover/discover-page'), 'DiscoverPage'),
});

const matches = createRoute({
  getParentRoute: () => inside,
  path: '/matches',
  component: lazyRouteComponent(() => import('../features/matches/matches-page'), 'MatchesPage'),
});

const likes = createRoute({
  getParentRoute: () => inside,
  path: '/likes',
  component: lazyRouteComponent(() => import('../features/likes/likes-page'), 'LikesPage'),
});

const notifications = createRoute({
  getParentRoute: () => inside,
  path: '/notifications',
  component: lazyRouteComponent(() => import('../features/notifications/notifications-page'), 'NotificationsPage'),
});

const chats = createRoute({
  getParentRoute: () => inside,
  path: '/chats',
  component: lazyRouteComponent(() => import('../features/chat/chats-layout'), 'ChatsLayout'),
});

const noChat = createRoute({
  getParentRoute: () => chats,
  path: '/',
  component: lazyRouteComponent(() => import('../features/chat/no-chat'), 'NoChat'),
});

const chat = createRoute({
  getParentRoute: () => chats,
  path: '$conversationId',
  /** `at`: the place of a message to begin with. */
  validateSearch: ({ at }): { at?: number } => (Number.isInteger(at) && Number(at) > 0 ? { at: Number(at) } : {}),
  component: lazyRouteComponent(() => import('../features/chat/chat-page'), 'ChatPage'),
});

const calls = createRoute({
  getParentRoute: () => inside,
  path: '/calls',
  component: lazyRouteComponent(() => import('../features/calls/call-history-page'), 'CallHistoryPage'),
});

const profile = createRoute({
  getParentRoute: () => inside,
  path: '/profile',
  component: lazyRouteComponent(() => import('../features/profile/profile-page'), 'ProfilePage'),
});

const editProfile = createRoute({
  getParentRoute: () => inside,
  path: '/profile/edit',
  component: lazyRouteComponent(() => import('../features/profile/edit-profile-page'), 'EditProfilePage'),
});

const person = createRoute({
  getParentRoute: () => inside,
  path: '/people/$userId',
  component: lazyRouteComponent(() => import('../features/profile/person-page'), 'PersonPage'),
});

const settings = createRoute({
  getParentRoute: () => inside,
  path: '/settings',
  component: lazyRouteComponent(() => import('../features/settings/settings-page'), 'SettingsPage'),
});

const devices = createRoute({
  getParentRoute: () => inside,
  path: '/settings/devices',
  component: lazyRouteComponent(() => import('../features/settings/devices-page'), 'DevicesPage'),
});

const blocked = createRoute({
  getParentRoute: () => inside,
  path: '/settings/blocked',
  component: lazyRouteComponent(() => import('../features/settings/blocked-page'), 'BlockedPage'),
});

const location = createRoute({
  getParentRoute: () => inside,
  path: '/settings/location',
  component: lazyRouteComponent(() => import('../features/location/location-page'), 'LocationPage'),
});

const myReports = createRoute({
  getParentRoute: () => inside,
  path: '/settings/reports',
  component: lazyRouteComponent(() => import('../features/reports/my-reports-page'), 'MyReportsPage'),
});

const notificationSettings = createRoute({
  getParentRoute: () => inside,
  path: '/settings/notifications',
  component: lazyRouteComponent(() => import('../features/settings/notifications-page'), 'NotificationSettingsPage'),
});

const contact = createRoute({
  getParentRoute: () => inside,
  path: '/settings/contact',
  component: lazyRouteComponent(() => import('../features/settings/contact-page'), 'ContactPage'),
});

const password = createRoute({
  getParentRoute: () => inside,
  path: '/settings/password',
  component: lazyRouteComponent(() => import('../features/settings/password-page'), 'PasswordPage'),
});

const friends = createRoute({
  getParentRoute: () => inside,
  path: '/friends',
  component: lazyRouteComponent(() => import('../features/friends/friends-page'), 'FriendsPage'),
});

const account = createRoute({
  getParentRoute: () => inside,
  path: '/settings/account',
  component: lazyRouteComponent(() => import('../features/account/account-page'), 'AccountPage'),
});

/** For people who have just made their account: nothing beside it that leads away. */
const onboarding = createRoute({
  getParentRoute: () => rootRoute,
  path: '/onboarding',
  component: lazyRouteComponent(() => import('../features/onboarding/onboarding-page'), 'OnboardingPage'),
  beforeLoad: ({ context, location: { href } }) => {
    if (context.session.state !== 'signedIn') throw redirect({ to: '/sign-in', search: { to: href } });
  },
  loader: () => loadTexts('inside'),
});

/** For those who look after the platform; a frame and words of its own, loaded by nobody else. */
const insideAdmin = createRoute({
  getParentRoute: () => rootRoute,
  id: 'inside-admin',
  component: lazyRouteComponent(() => import('../features/admin/admin-layout'), 'AdminLayout'),
  beforeLoad: ({ context, location: { href } }) => {
    if (context.session.state !== 'signedIn') throw redirect({ to: '/sign-in', search: { to: href } });
  },
  loader: () => Promise.all([loadTexts('inside'), loadTexts('admin')]),
});

const adminHome = createRoute({
  getParentRoute: () => insideAdmin,
  path: '/admin',
  beforeLoad: () => {
    throw redirect({ to: '/admin/reports' });
  },
});

const adminReports = createRoute({
  getParentRoute: () => insideAdmin,
  path: '/admin/reports',
  component: lazyRouteComponent(() => import('../features/admin/reports-page'), 'AdminReportsPage'),
});

const adminReport = createRoute({
  getParentRoute: () => insideAdmin,
  path: '/admin/reports/$reportId',
  component: lazyRouteComponent(() => import('../features/admin/report-page'), 'AdminReportPage'),
});

const adminPhotos = createRoute({
  getParentRoute: () => insideAdmin,
  path: '/admin/photos',
  component: lazyRouteComponent(() => import('../features/admin/photos-page'), 'AdminPhotosPage'),
});

const adminUsers = createRoute({
  getParentRoute: () => insideAdmin,
  path: '/admin/users',
  component: lazyRouteComponent(() => import('../features/admin/users-page'), 'AdminUsersPage'),
});

const adminUser = createRoute({
  getParentRoute: () => insideAdmin,
  path: '/admin/users/$userId',
  component: lazyRouteComponent(() => import('../features/admin/user-page'), 'AdminUserPage'),
});

const adminStatistics = createRoute({
  getParentRoute: () => insideAdmin,
  path: '/admin/statistics',
  component: lazyRouteComponent(() => import('../features/admin/statistics-page'), 'AdminStatisticsPage'),
});

const adminAudit = createRoute({
  getParentRoute: () => insideAdmin,
  path: '/admin/audit',
  component: lazyRouteComponent(() => import('../features/admin/audit-page'), 'AdminAuditPage'),
});

export const routeTree = rootRoute.addChildren([
  outside.addChildren([welcome, signIn, signUp, code]),
  links.addChildren([forgotPassword, resetPassword, verifyEmail]),
  inside.addChildren([
    discover,
    matches,
    likes,
    notifications,
    chats.addChildren([noChat, chat]),
    calls,
    profile,
    editProfile,
    person,
    settings,
    devices,
    blocked,
    location,
    myReports,
    notificationSettings,
    contact,
    password,
    friends,
    account,
  ]),
  onboarding,
  insideAdmin.addChildren([adminHome, adminReports, adminReport, adminPhotos, adminUsers, adminUser, adminStatistics, adminAudit]),
]);
