/* SPDX-License-Identifier: MIT */
#include "act/bearer_introspection.h"

#include "act/network_wait.h"
#include "settings/secret.h"

#include <string.h>

#ifdef CHAT_HAVE_CURL
#include <curl/curl.h>

static size_t
take_answer(char *bytes, size_t size, size_t count, void *data)
{
	GString *answer = data;

	if (answer->len + size * count > INTROSPECTION_ANSWER_MAX)
		return 0;
	g_string_append_len(answer, bytes, (gssize)(size * count));
	return size * count;
}

static void
set_options(CURL *curl, const BearerCheck *check, const char *form, GString *answer)
{
	curl_easy_setopt(curl, CURLOPT_URL, check->introspection);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)(check->timeout / 1000));
	curl_easy_setopt(curl, CURLOPT_POSTFIELDS, form);
	curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_answer);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, answer);
	network_wait_for(curl, check->job);
}

static bool
set_client(CURL *curl, const BearerCheck *check)
{
	g_autofree char *secret = NULL;

	if (!*check->client)
		return true;
	if (!g_file_get_contents(check->client_secret_file, &secret, NULL, NULL))
		return false;
	secret[strcspn(secret, "\r\n")] = '\0';
	curl_easy_setopt(curl, CURLOPT_USERNAME, check->client);
	curl_easy_setopt(curl, CURLOPT_PASSWORD, secret);
	explicit_bzero(secret, strlen(secret));
	return true;
}

static char *
understand(const BearerCheck *check, const GString *answer, char **ret_problem)
{
	json_t *claims = json_loadb(answer->str, answer->len, JSON_REJECT_DUPLICATES, NULL);
	char *name = NULL;

	if (json_is_true(json_object_get(claims, "active")))
		name = bearer_claims_account(check, claims, ret_problem);
	else
		*ret_problem = g_strdup("The authorization server does not know the token");
	json_decref(claims);
	return name;
}

char *
bearer_introspect(const BearerCheck *check, char **ret_problem)
{
	g_autoptr(GString) answer = g_string_new(NULL);
	CURL *curl = curl_easy_init();
	char *token = curl_easy_escape(curl, check->token, 0);
	char *form = g_strconcat("token=", token, "&token_type_hint=access_token", NULL);
	char *name = NULL;
	CURLcode code;

	set_options(curl, check, form, answer);
	code = set_client(curl, check) ? curl_easy_perform(curl) : CURLE_READ_ERROR;
	if (code == CURLE_OK)
		name = understand(check, answer, ret_problem);
	else
		*ret_problem = g_strdup(curl_easy_strerror(code));
	curl_free(token);
	secret_text_free(form);
	curl_easy_cleanup(curl);
	return name;
}
#else
char *
bearer_introspect(const BearerCheck *check, char **ret_problem)
{
	*ret_problem = g_strdup("This chatd was built without libcurl and cannot ask about tokens");
	return NULL;
}
#endif
