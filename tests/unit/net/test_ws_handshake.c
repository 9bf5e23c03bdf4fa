/* SPDX-License-Identifier: MIT */
#include "net/ws_handshake.h"

#include <string.h>

/* RFC 6455 §1.3 */
#define KEY "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
#define ACCEPT "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
#define FIRST "GET /chat HTTP/1.1\r\n"
#define HOST "Host: chat.example\r\n"
#define UPGRADE "Upgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
#define VERSION "Sec-WebSocket-Version: 13\r\n"
#define GOOD FIRST HOST UPGRADE VERSION KEY

static HttpStatus
shake(const char *head, char *const *origins, WsMessages *ret_messages, char **ret_answer)
{
	WsHandshake handshake;

	ws_handshake(head, strlen(head), origins, &handshake);
	if (ret_messages)
		*ret_messages = handshake.messages;
	if (ret_answer)
		*ret_answer = g_strdup(handshake.answer->str);
	g_string_free(handshake.answer, TRUE);
	return handshake.status;
}

static void
test_accepted(void)
{
	g_autofree char *answer = NULL;
	WsMessages messages;

	g_assert_cmpint(shake(GOOD "\r\n", NULL, &messages, &answer), ==, HTTP_OK);
	g_assert_cmpint(messages, ==, WS_LIKE_FIRST);
	g_assert_cmpstr(answer, ==,
	    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
	    "Connection: Upgrade\r\n" ACCEPT "\r\n");
}

static void
test_protocols(void)
{
	static const struct {
		const char *fields;
		WsMessages messages;
		const char *chosen;
	} cases[] = {
	    {"Sec-WebSocket-Protocol: text.ircv3.net\r\n", WS_TEXT, "text.ircv3.net"},
	    {"Sec-WebSocket-Protocol: binary.ircv3.net\r\n", WS_BINARY, "binary.ircv3.net"},
	    {"Sec-WebSocket-Protocol: binary.ircv3.net, text.ircv3.net\r\n", WS_BINARY,
		"binary.ircv3.net"},
	    {"Sec-WebSocket-Protocol: other,text.ircv3.net ,binary.ircv3.net\r\n", WS_TEXT,
		"text.ircv3.net"},
	    {"Sec-WebSocket-Protocol: other\r\nSec-WebSocket-Protocol: binary.ircv3.net\r\n",
		WS_BINARY, "binary.ircv3.net"},
	    {"Sec-WebSocket-Protocol: other\r\n", WS_LIKE_FIRST, NULL},
	    {"", WS_LIKE_FIRST, NULL},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *head = g_strconcat(GOOD, cases[i].fields, "\r\n", NULL);
		g_autofree char *answer = NULL;
		g_autofree char *line =
		    g_strdup_printf("Sec-WebSocket-Protocol: %s\r\n", cases[i].chosen);
		WsMessages messages;

		g_assert_cmpint(shake(head, NULL, &messages, &answer), ==, HTTP_OK);
		g_assert_cmpint(messages, ==, cases[i].messages);
		g_assert_true((strstr(answer, line) != NULL) == (cases[i].chosen != NULL));
		if (!cases[i].chosen)
			g_assert_null(strstr(answer, "Protocol:"));
	}
}

static void
test_refused(void)
{
	static const struct {
		const char *head;
		HttpStatus status;
		const char *field;
	} cases[] = {
	    {"POST / HTTP/1.1\r\n" HOST "\r\n", HTTP_METHOD_NOT_ALLOWED, "Allow: GET, HEAD\r\n"},
	    {"GET / HTTP/1.0\r\n" HOST "\r\n", HTTP_VERSION_NOT_SUPPORTED, ""},
	    {FIRST UPGRADE VERSION KEY "\r\n", HTTP_BAD_REQUEST, ""},
	    {GOOD HOST "\r\n", HTTP_BAD_REQUEST, ""},
	    {GOOD "Content-Length: 3\r\n\r\n", HTTP_BAD_REQUEST, ""},
	    {GOOD "Transfer-Encoding: chunked\r\n\r\n", HTTP_BAD_REQUEST, ""},
	    {"GET * HTTP/1.1\r\n" HOST "\r\n", HTTP_BAD_REQUEST, ""},
	    {FIRST HOST "\r\n", HTTP_UPGRADE_REQUIRED, "Upgrade: websocket\r\n"},
	    {FIRST HOST "Upgrade: h2c\r\nConnection: Upgrade\r\n\r\n", HTTP_UPGRADE_REQUIRED,
		"Connection: close, Upgrade\r\n"},
	    {FIRST HOST "Upgrade: websocket\r\n" VERSION KEY "\r\n", HTTP_BAD_REQUEST, ""},
	    {FIRST HOST UPGRADE KEY "\r\n", HTTP_UPGRADE_REQUIRED, "Sec-WebSocket-Version: 13\r\n"},
	    {FIRST HOST UPGRADE "Sec-WebSocket-Version: 8\r\n" KEY "\r\n", HTTP_UPGRADE_REQUIRED,
		"Sec-WebSocket-Version: 13\r\n"},
	    {GOOD VERSION "\r\n", HTTP_BAD_REQUEST, ""},
	    {FIRST HOST UPGRADE VERSION "\r\n", HTTP_BAD_REQUEST, ""},
	    {GOOD KEY "\r\n", HTTP_BAD_REQUEST, ""},
	    {FIRST HOST UPGRADE VERSION "Sec-WebSocket-Key: short==\r\n\r\n", HTTP_BAD_REQUEST, ""},
	    {FIRST HOST UPGRADE VERSION "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZSEh\r\n\r\n",
		HTTP_BAD_REQUEST, ""},
	    {FIRST HOST UPGRADE VERSION "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub2=jZQ==\r\n\r\n",
		HTTP_BAD_REQUEST, ""},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *answer = NULL;
		g_autofree char *status = g_strdup_printf("HTTP/1.1 %u ", cases[i].status);
		const char *page;

		g_assert_cmpint(shake(cases[i].head, NULL, NULL, &answer), ==, cases[i].status);
		g_assert_true(g_str_has_prefix(answer, status));
		g_assert_nonnull(strstr(answer, cases[i].field));
		page = strstr(answer, "\r\n\r\n");
		g_assert_nonnull(page);
		g_assert_cmpuint(strlen(page + 4), ==,
		    g_ascii_strtoull(strstr(answer, "Content-Length: ") + 16, NULL, 10));
	}
}

static void
test_origins(void)
{
	static char *const origins[] = {
	    (char *)"https://chat.example", (char *)"https://*.example.org", NULL};
	static char *const none[] = {NULL};
	static const struct {
		const char *field;
		HttpStatus status;
	} cases[] = {
	    {"", HTTP_OK},
	    {"Origin: https://chat.example\r\n", HTTP_OK},
	    {"Origin: HTTPS://Chat.Example\r\n", HTTP_OK},
	    {"Origin: https://www.example.org\r\n", HTTP_OK},
	    {"Origin: http://chat.example\r\n", HTTP_FORBIDDEN},
	    {"Origin: https://chat.example.evil\r\n", HTTP_FORBIDDEN},
	    {"Origin: https://example.org\r\n", HTTP_FORBIDDEN},
	    {"Origin: null\r\n", HTTP_FORBIDDEN},
	    {"Origin: https://chat.example\r\nOrigin: https://evil\r\n", HTTP_FORBIDDEN},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *head = g_strconcat(GOOD, cases[i].field, "\r\n", NULL);

		g_assert_cmpint(shake(head, origins, NULL, NULL), ==, cases[i].status);
		g_assert_cmpint(shake(head, none, NULL, NULL), ==, HTTP_OK);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/ws-handshake/accepted", test_accepted);
	g_test_add_func("/ws-handshake/protocols", test_protocols);
	g_test_add_func("/ws-handshake/refused", test_refused);
	g_test_add_func("/ws-handshake/origins", test_origins);
	return g_test_run();
}
