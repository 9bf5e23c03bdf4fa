/* SPDX-License-Identifier: MIT */
#include "net/tls_names.h"

#include <openssl/ssl.h>
#include <stdbool.h>
#include <string.h>

struct TlsNames {
	GHashTable *contexts; /* host in lower case -> SSL_CTX */
};

TlsNames *
tls_names_new(void)
{
	TlsNames *names = g_new0(TlsNames, 1);

	names->contexts =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)SSL_CTX_free);
	return names;
}

void
tls_names_free(TlsNames *names)
{
	if (!names)
		return;
	g_hash_table_unref(names->contexts);
	g_free(names);
}

void
tls_names_add(TlsNames *names, const char *const *hosts, SSL_CTX *context)
{
	for (; *hosts; hosts++) {
		SSL_CTX_up_ref(context);
		g_hash_table_replace(names->contexts, g_ascii_strdown(*hosts, -1), context);
	}
}

/* A client's word is as long as it likes. */
static bool
fold(const char *host, char text[static TLS_NAME_MAX + 1])
{
	size_t length = strlen(host);

	if (length == 0 || length > TLS_NAME_MAX)
		return false;
	for (size_t i = 0; i <= length; i++)
		text[i] = g_ascii_tolower(host[i]);
	return true;
}

SSL_CTX *
tls_names_find(const TlsNames *names, const char *host)
{
	char text[TLS_NAME_MAX + 1];
	SSL_CTX *context;
	char *dot;

	/* What starts with '*' is a pattern here and no host. */
	if (*host == '*' || !fold(host, text))
		return NULL;
	context = g_hash_table_lookup(names->contexts, text);
	dot = strchr(text, '.');
	if (context || !dot || dot == text)
		return context;
	dot[-1] = '*';
	return g_hash_table_lookup(names->contexts, dot - 1);
}
