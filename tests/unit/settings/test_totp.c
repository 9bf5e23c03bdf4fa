/* SPDX-License-Identifier: MIT */
#include "settings/totp.h"

#include "settings/secret.h"

/* "12345678901234567890", the key of RFC 6238 appendix B. */
#define VECTOR "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

static void
test_vectors(void)
{
	static const struct {
		int64_t seconds;
		const char *code; /* the last six of the eight digits there */
	} cases[] = {
	    {59, "287082"},
	    {1111111109, "081804"},
	    {1111111111, "050471"},
	    {1234567890, "005924"},
	    {2000000000, "279037"},
	    {20000000000, "353130"},
	};

	for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
		char code[TOTP_DIGITS + 1];

		g_assert_true(totp_code(VECTOR, cases[i].seconds * G_USEC_PER_SEC, code));
		g_assert_cmpstr(code, ==, cases[i].code);
	}
}

/* Good beside its step, not farther, and once. */
static void
test_window(void)
{
	const int64_t now = INT64_C(1111111111) * G_USEC_PER_SEC;
	const int64_t step = 30 * G_USEC_PER_SEC;
	int64_t last = 0;

	g_assert_false(totp_check(VECTOR, "050471", now - 2 * step, &last));
	g_assert_false(totp_check(VECTOR, "050471", now + 2 * step, &last));
	g_assert_cmpint(last, ==, 0);
	g_assert_true(totp_check(VECTOR, "050471", now + step, &last));
	g_assert_false(totp_check(VECTOR, "050471", now, &last));
	/* An older one is no good any more either. */
	g_assert_false(totp_check(VECTOR, "081804", now, &last));
	last = 0;
	g_assert_true(totp_check(VECTOR, "081804", now, &last));
	g_assert_true(totp_check(VECTOR, "050471", now, &last));
	g_assert_false(totp_check(VECTOR, "05047", now, &last));
	g_assert_false(totp_check(VECTOR, "", now, &last));
	g_assert_false(totp_check("not base32!", "050471", now, &last));
	g_assert_false(totp_check("", "050471", now, &last));
}

static void
test_secret(void)
{
	char *secret = totp_secret((const unsigned char *)"12345678901234567890");

	g_assert_cmpstr(secret, ==, VECTOR);
	secret_text_free(secret);
	g_assert_true(totp_secret_is_valid(VECTOR));
	g_assert_false(totp_secret_is_valid(""));
	g_assert_false(totp_secret_is_valid("GEZDGNBV"));
	g_assert_false(totp_secret_is_valid("1EZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/totp/vectors", test_vectors);
	g_test_add_func("/totp/window", test_window);
	g_test_add_func("/totp/secret", test_secret);
	return g_test_run();
}
