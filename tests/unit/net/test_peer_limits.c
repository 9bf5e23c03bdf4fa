/* SPDX-License-Identifier: MIT */
#include "net/peer_limits.h"

#include <string.h>

/* CLOSE_REASONS: it was let in. */
static CloseReason
enter(PeerLimits *limits, const char *address, PeerPlace **ret_place)
{
	ConnInfo info = {.unix_socket = *address == '\0'};
	CloseReason reason = CLOSE_REASONS;

	g_strlcpy(info.address, address, sizeof info.address);
	return peer_limits_enter(limits, &info, true, ret_place, &reason) ? CLOSE_REASONS : reason;
}

/* Its prelude ends with it. */
static void
leave(PeerLimits *limits, PeerPlace *place)
{
	peer_limits_opened(limits, place);
	peer_limits_leave(limits, place);
}

/* What is open and what is in its prelude count together, those without a prelude too. */
static void
test_together(void)
{
	g_autoptr(PeerLimits) limits = peer_limits_new();
	ConnInfo plain = {.address = "192.0.2.1"};
	CloseReason reason = CLOSE_REASONS;
	PeerPlace *open, *begun, *direct, *none;

	peer_limits_set(limits, 2, 3, NULL, 0);
	g_assert_cmpint(enter(limits, "192.0.2.1", &open), ==, CLOSE_REASONS);
	peer_limits_opened(limits, open);
	g_assert_cmpint(enter(limits, "192.0.2.1", &begun), ==, CLOSE_REASONS);
	g_assert_true(peer_limits_enter(limits, &plain, false, &direct, &reason));
	g_assert_cmpint(enter(limits, "192.0.2.1", &none), ==, CLOSE_TOO_MANY_CONNECTIONS);
	g_assert_false(peer_limits_enter(limits, &plain, false, &none, &reason));
	g_assert_cmpint(reason, ==, CLOSE_TOO_MANY_CONNECTIONS);
	/* Only one of them is in its prelude. */
	g_assert_cmpint(enter(limits, "192.0.2.9", &none), ==, CLOSE_REASONS);
	leave(limits, none);
	peer_limits_leave(limits, open);
	g_assert_true(peer_limits_enter(limits, &plain, false, &open, &reason));
	peer_limits_leave(limits, open);
	peer_limits_leave(limits, direct);
	leave(limits, begun);
}

static void
test_address(void)
{
	g_autoptr(PeerLimits) limits = peer_limits_new();
	PeerPlace *a, *b, *other, *none;

	peer_limits_set(limits, 100, 2, NULL, 0);
	g_assert_cmpint(enter(limits, "2001:db8:0:1::1", &a), ==, CLOSE_REASONS);
	g_assert_cmpint(enter(limits, "2001:db8:0:1:ffff::", &b), ==, CLOSE_REASONS);
	g_assert_cmpint(enter(limits, "2001:db8:0:1::3", &none), ==, CLOSE_TOO_MANY_CONNECTIONS);
	g_assert_null(none);
	g_assert_cmpint(enter(limits, "2001:db8:0:2::1", &other), ==, CLOSE_REASONS);
	leave(limits, other);
	leave(limits, a);
	g_assert_cmpint(enter(limits, "2001:db8:0:1::3", &a), ==, CLOSE_REASONS);
	g_assert_cmpint(enter(limits, "2001:db8:0:1::3", &none), ==, CLOSE_TOO_MANY_CONNECTIONS);
	leave(limits, a);
	leave(limits, b);
	/* IPv4 and the /64 of the same bits are two. */
	g_assert_cmpint(enter(limits, "0.0.0.1", &a), ==, CLOSE_REASONS);
	g_assert_cmpint(enter(limits, "::1", &b), ==, CLOSE_REASONS);
	g_assert_true(a != b);
	leave(limits, a);
	leave(limits, b);
}

static void
test_total(void)
{
	g_autoptr(PeerLimits) limits = peer_limits_new();
	PeerPlace *a, *b, *none;

	peer_limits_set(limits, 2, 2, NULL, 0);
	g_assert_cmpint(enter(limits, "192.0.2.1", &a), ==, CLOSE_REASONS);
	g_assert_cmpint(enter(limits, "192.0.2.2", &b), ==, CLOSE_REASONS);
	g_assert_cmpint(enter(limits, "192.0.2.3", &none), ==, CLOSE_FULL);
	leave(limits, a);
	g_assert_cmpint(enter(limits, "192.0.2.3", &a), ==, CLOSE_REASONS);
	leave(limits, a);
	leave(limits, b);
}

static void
test_exempt(void)
{
	g_autoptr(PeerLimits) limits = peer_limits_new();
	const NetRange exempt = {.family = 4, .prefix = 24, .bytes = {192, 0, 2, 0}};
	PeerPlace *place, *first;

	peer_limits_set(limits, 1, 1, &exempt, 1);
	g_assert_cmpint(enter(limits, "198.51.100.1", &first), ==, CLOSE_REASONS);
	for (unsigned i = 0; i < 3; i++) {
		g_assert_cmpint(enter(limits, "192.0.2.7", &place), ==, CLOSE_REASONS);
		g_assert_null(place);
		g_assert_cmpint(enter(limits, "", &place), ==, CLOSE_REASONS);
		g_assert_null(place);
	}
	leave(limits, first);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/peer_limits/address", test_address);
	g_test_add_func("/peer_limits/total", test_total);
	g_test_add_func("/peer_limits/together", test_together);
	g_test_add_func("/peer_limits/exempt", test_exempt);
	return g_test_run();
}
