/* SPDX-License-Identifier: MIT */
/* Which certificate a host name leads to. */
#include "net/tls_names.h"

#include <openssl/ssl.h>
#include <string.h>

static void
test_find(void)
{
	static const char *const first[] = {"a.example", "*.b.example", NULL};
	static const char *const second[] = {"C.Example", "x.b.example", NULL};
	static const struct {
		const char *host;
		unsigned context; /* 0: none */
	} cases[] = {{"a.example", 1}, {"A.EXAMPLE", 1}, {"c.example", 2}, {"y.b.example", 1},
	    {"Y.B.Example", 1}, {"x.b.example", 2}, {"b.example", 0}, {"z.y.b.example", 0},
	    {".b.example", 0}, {"*.b.example", 0}, {"example", 0}, {"a.example.", 0}, {"", 0}};
	g_autoptr(TlsNames) names = tls_names_new();
	SSL_CTX *contexts[3] = {
	    NULL, SSL_CTX_new(TLS_server_method()), SSL_CTX_new(TLS_server_method())};

	tls_names_add(names, first, contexts[1]);
	tls_names_add(names, second, contexts[2]);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		g_assert_true(tls_names_find(names, cases[i].host) == contexts[cases[i].context]);
	SSL_CTX_free(contexts[1]);
	SSL_CTX_free(contexts[2]);
}

static void
test_longest(void)
{
	g_autofree char *longest = g_strnfill(TLS_NAME_MAX, 'a');
	g_autofree char *longer = g_strnfill(TLS_NAME_MAX + 1, 'a');
	g_autoptr(TlsNames) names = tls_names_new();
	SSL_CTX *context = SSL_CTX_new(TLS_server_method());

	tls_names_add(names, (const char *const[]){longest, longer, NULL}, context);
	g_assert_true(tls_names_find(names, longest) == context);
	g_assert_null(tls_names_find(names, longer));
	SSL_CTX_free(context);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/tls-names/find", test_find);
	g_test_add_func("/tls-names/longest", test_longest);
	return g_test_run();
}
