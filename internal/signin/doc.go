// Package signin lets people sign in at GitHub and keeps what they got there
// in their own browsers, sealed.
//
// # The way of a sign-in
//
//	Begin     an Attempt: a random state, a PKCE verifier and the address to
//	          return to, sealed into a cookie for ten minutes; the browser goes
//	          to GitHub with the state and the verifier's hash
//	Finish    GitHub sends the browser back: the state must be that of an
//	          attempt of this very browser; the code is exchanged for a token,
//	          and GitHub is asked whose it is
//	Session   the token, sealed into a cookie, which any copy of the server
//	          with the same keys can open; the server itself keeps nothing
//	Renew     a new token for one that expires
//	End       the token is revoked at GitHub
//
// The token is in that cookie and, while a request is worked on, in memory;
// nowhere else. Types that hold one print without it.
//
// # Tokens that expire
//
// A GitHub App's tokens live for eight hours, and the refresh token that comes
// with one works once: with the new pair the old token dies, too, at once. So
// renewing must not happen twice at the same time, and a server that keeps
// nothing cannot see to that. The browser can, since the refresh token is in
// its cookie and in no other: the app's page renews, early, under a lock that
// all its tabs share (web/src/forge/sign-in.ts), and looks first whether another tab
// has done it. No other request ever renews. Should it happen twice all the
// same, the one that was late is refused by GitHub, sets no cookie, and so
// cannot overwrite the other's; a request that was under way with the old
// token is answered 401, and the page sends it again with the new cookie. If
// GitHub renewed and the answer was lost, the person signs in again, in a small
// window, and goes on.
package signin
