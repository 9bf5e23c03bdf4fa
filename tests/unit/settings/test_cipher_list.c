/* SPDX-License-Identifier: MIT */
#include "settings/cipher_list.h"

#include <glib.h>
#include <string.h>

static void
test_ciphers(void)
{
	static const struct {
		const char *list, *problem; /* NULL: none */
	} cases[] = {
	    {"HIGH", NULL},
	    {"ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL:!RC4:-MD5:+SHA:@STRENGTH", NULL},
	    {"ECDHE-RSA-AES256-GCM-SHA384, ECDHE-ECDSA-AES256-GCM-SHA384", NULL},
	    {"HIGH:NONSENSE", "\"NONSENSE\""},
	    {"TLS_AES_256_GCM_SHA384", "\"TLS_AES_256_GCM_SHA384\""},
	    {"!aNULL", "at least one"},
	};

	for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *problem = cipher_list_problem(cases[i].list);

		if (cases[i].problem)
			g_assert_nonnull(strstr(problem, cases[i].problem));
		else
			g_assert_cmpstr(problem, ==, NULL);
	}
}

static void
test_ciphersuites(void)
{
	g_autofree char *good =
	    ciphersuites_problem("TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256");
	g_autofree char *unknown = ciphersuites_problem("TLS_AES_256_GCM_SHA384:HIGH");
	g_autofree char *empty = ciphersuites_problem("TLS_AES_256_GCM_SHA384:");

	g_assert_cmpstr(good, ==, NULL);
	g_assert_nonnull(strstr(unknown, "\"HIGH\""));
	g_assert_nonnull(strstr(empty, "\"\""));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/cipher-list/ciphers", test_ciphers);
	g_test_add_func("/cipher-list/ciphersuites", test_ciphersuites);
	return g_test_run();
}
