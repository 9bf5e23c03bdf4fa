/* SPDX-License-Identifier: MIT */
#include "settings/cipher_list.h"

#include <glib.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <stdbool.h>
#include <string.h>

#define SEPARATORS ":, "

/* Words that take away or reorder may name what this OpenSSL was built without. */
static bool
is_choice(const char *word)
{
	return *word != '\0' && !strchr("!-+@", *word);
}

char *
cipher_list_problem(const char *ciphers)
{
	g_auto(GStrv) words = g_strsplit_set(ciphers, SEPARATORS, -1);
	SSL_CTX *context = SSL_CTX_new(TLS_server_method());
	char *problem = NULL;

	for (char **word = words; context && *word && !problem; word++)
		if (is_choice(*word) && SSL_CTX_set_cipher_list(context, *word) != 1)
			problem = g_strdup_printf(
			    "\"%s\" is no cipher; \"openssl ciphers\" lists what is allowed",
			    *word);
	if (context && !problem && SSL_CTX_set_cipher_list(context, ciphers) != 1)
		problem = g_strdup("no cipher would be left; allowed is a list with at least one");
	SSL_CTX_free(context);
	ERR_clear_error();
	return problem;
}

char *
ciphersuites_problem(const char *ciphersuites)
{
	g_auto(GStrv) words = g_strsplit(ciphersuites, ":", -1);
	SSL_CTX *context = SSL_CTX_new(TLS_server_method());
	char *problem = NULL;

	for (char **word = words; context && *word && !problem; word++)
		if (**word == '\0' || SSL_CTX_set_ciphersuites(context, *word) != 1)
			problem = g_strdup_printf(
			    "\"%s\" is no cipher suite of TLS 1.3; \"openssl ciphers "
			    "-tls1_3 -s\" lists what is allowed",
			    *word);
	SSL_CTX_free(context);
	ERR_clear_error();
	return problem;
}
